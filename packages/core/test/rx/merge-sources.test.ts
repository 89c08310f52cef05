import { batchToEvents, eventsOf, mergeBatches, mergeSources, type EventBatch, type MarketEvent, type Source, type SourceCapabilities } from '@rxlob/core'
import { lastValueFrom, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { makeEvents } from '@rxlob/testkit'
import { all, batchesByInstrument, batchSource, pushSource } from '../made-sources.js'
import { equity, session } from '../session.js'
import { marbles } from './operator-suite.js'

const replayOf = (batches: EventBatch[], name: string): Source => ({
  ...batchSource(batches, name),
  events: () => eventsOf(async function* () {
    yield* batches
  }),
})

const events = makeEvents({ seed: 5, events: 600, instruments: 3 })
const sources = (): Source[] => batchesByInstrument(events, 20).map((batches, n) => replayOf(batches, `s${n}`))
const eventsIn = (batches: readonly EventBatch[]): MarketEvent[] => batches.flatMap((batch) => [...batchToEvents(batch)])

describe('mergeSources', () => {
  it('merges replays in time, as batches and as events', async () => {
    const merged = mergeSources(sources())
    const batches = await all(merged.batches!())
    expect(eventsIn(batches)).toEqual(eventsIn(await all(mergeBatches(sources().map((source) => source.batches!())))))
    const times = eventsIn(batches).map(({ tsLocal }) => tsLocal)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const pushed = await lastValueFrom(merged.events().pipe(toArray()))
    expect(pushed.filter(({ kind }) => kind !== 'instrument')).toEqual(eventsIn(batches))
    expect(pushed.filter(({ kind }) => kind !== 'instrument')).toHaveLength(events.filter(({ kind }) => kind !== 'instrument').length)
    expect(new Set(pushed.map(({ instrument }) => instrument)).size).toBe(3)
  })

  it('ends every reading where it is aborted', async () => {
    const signals: AbortSignal[] = []
    const listening = sources().map((source): Source => ({
      ...source,
      batches: (options = {}) => {
        signals.push(options.signal!)
        return source.batches!()
      },
    }))
    const abort = new AbortController()
    await all(mergeSources(listening).batches!({ signal: abort.signal }))
    expect(signals).toEqual([abort.signal, abort.signal, abort.signal])
  })

  it('cannot resume: no position is of all sources', () => {
    expect(() => mergeSources(sources()).batches!({ from: '5' })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })

  it('lets events of live sources, or of one that only pushes, come as they come', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const a = session().trade(10, 1)
      const b = { ...session({ ...equity, id: 'test:XYZ' }).trade(20, 2), tsLocal: 0 }
      const live = hot('a--a-|', { a })
      const pushed = hot('-b-----b|', { b })
      const merged = mergeSources([pushSource(() => live, { timing: 'live' }), pushSource(() => pushed)])
      expect(merged.batches).toBeUndefined()
      expectObservable(merged.events(), '------!').toBe('ab-a---', { a, b })
      expectSubscriptions(live.subscriptions).toBe('^----!')
      expectSubscriptions(pushed.subscriptions).toBe('^-----!')
    })
  })

  it('fails where one of them does', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const a = session().trade(10, 1)
      const other = cold<MarketEvent>('a----', { a })
      expectObservable(mergeSources([pushSource(() => cold<MarketEvent>('--#', {}, 'gone')), pushSource(() => other)]).events()).toBe('a-#', { a }, 'gone')
      expectSubscriptions(other.subscriptions).toBe('^-!')
    })
  })

  it('promises what all of them promise', () => {
    const source = (supports: Partial<SourceCapabilities>): Source => ({ ...replayOf([], 'one'), supports: { timing: 'replay', book: 'l3', levels: Infinity, trades: true, detects: { gaps: true, staleness: true, lostTrades: true }, ...supports } })
    const merged = mergeSources([source({}), source({ book: 'l2', levels: 20, detects: { gaps: true, staleness: false, lostTrades: true } }), source({ trades: false, levels: 50 })])
    expect(merged).toMatchObject({
      contract: 1, name: 'one+one+one',
      supports: { timing: 'replay', book: 'l2', levels: 20, trades: false, detects: { gaps: true, staleness: false, lostTrades: true } },
    })
    expect(mergeSources([source({}), source({ timing: 'live' })])).toMatchObject({ supports: { timing: 'live' } })
  })

  it('refuses an empty list', () => {
    expect(() => mergeSources([])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

