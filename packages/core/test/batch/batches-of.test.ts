import { batchesOf, batchToEvents, LobError, type EventBatch, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { concat, defer, finalize, from, NEVER, of, Subject, throwError } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { all, batchSource, batchesFrom, canonical, eventSource, madeStream, pushSource } from '../made-sources.js'
import { equity, session } from '../session.js'

const eventsOfAll = (batches: readonly EventBatch[]): MarketEvent[] => batches.flatMap((batch) => [...batchToEvents(batch)])
const withoutInstruments = (events: readonly MarketEvent[]): MarketEvent[] => events.filter(({ kind }) => kind !== 'instrument').map(canonical)

/** An instrument, a snapshot and so many trades. */
const hand = (trades: number, levels = Infinity): MarketEvent[] => {
  const make = session(equity, levels)
  return [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), ...Array.from({ length: trades }, (_, n) => make.trade(10, n + 1))]
}

describe('batchesOf', () => {
  it('gathers the events of a source, in order, whatever the rows, pushed at once or later', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 250, instruments: 3 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom('at once' as const, 'later' as const), async (events, rows, how) => {
        const batches = await all(batchesOf(eventSource(events, how), { rows }))
        expect(eventsOfAll(batches)).toEqual(withoutInstruments(events))
        for (const { length } of batches) expect(length).toBeGreaterThan(0)
      }),
      { numRuns: 40 },
    )
  })

  it('closes a batch once it has the rows that were asked for', async () => {
    expect((await batchesFrom(hand(7), 3)).map(({ length }) => length)).toEqual([3, 3, 3, 1])
  })

  it('starts a batch where the instrument changes or is defined anew', async () => {
    const [opening, snapshot, trade, again] = hand(2, 5) as [MarketEvent, MarketEvent, MarketEvent, MarketEvent]
    const batches = await batchesFrom([opening, snapshot, { ...opening, levels: 10 } as MarketEvent, trade, again], 100)
    expect(batches.map(({ levels, length }) => [levels, length])).toEqual([[5, 3], [10, 2]])
  })

  it('hands over what a quiet live source has sent rather than wait for more', async () => {
    const live = new Subject<MarketEvent>()
    const batches = batchesOf(pushSource(() => live))[Symbol.asyncIterator]()
    const [opening, snapshot, trade] = hand(1) as [MarketEvent, MarketEvent, MarketEvent]
    const first = batches.next()
    live.next(opening)
    live.next(snapshot)
    expect((await first).value).toMatchObject({ length: 3 })
    const second = batches.next()
    live.next(trade)
    expect((await second).value).toMatchObject({ length: 1 })
    await batches.return?.()
    expect(live.observed).toBe(false)
  })

  it.each(['at once', 'later'] as const)('delivers what came before an error, then the error: pushed %s', async (how) => {
    const failure = new LobError('LOB_CONNECTION', 'gone')
    const events = hand(5)
    const source = pushSource(() => concat(eventSource(events, how).events(), throwError(() => failure)))
    const seen: EventBatch[] = []
    await expect((async () => {
      for await (const batch of batchesOf(source, { rows: 3 })) seen.push(batch)
    })()).rejects.toBe(failure)
    expect(eventsOfAll(seen)).toEqual(withoutInstruments(events))
  })

  it('passes on an error that is undefined', async () => {
    await expect(all(batchesOf(pushSource(() => throwError(() => undefined))))).rejects.toBe(undefined)
  })

  it('ends with an error where an event comes before its instrument, after what came before', async () => {
    const events = hand(1)
    const seen: EventBatch[] = []
    await expect((async () => {
      for await (const batch of batchesOf(eventSource([...events, { ...events[2]!, instrument: 'test:XYZ' }, events[2]!]))) seen.push(batch)
    })()).rejects.toMatchObject({ code: 'LOB_BAD_MESSAGE', message: expect.stringContaining('test:XYZ') as unknown })
    expect(eventsOfAll(seen)).toEqual(withoutInstruments(events))
  })

  it('ends with the first of several errors', async () => {
    const stray = { ...hand(1)[2]!, instrument: 'test:XYZ' } as MarketEvent
    await expect(all(batchesOf(pushSource(() => concat(of(stray), throwError(() => 'later')))))).rejects.toMatchObject({ code: 'LOB_BAD_MESSAGE' })
  })

  it('unsubscribes where the reader stops early', async () => {
    let open = 0
    const source = pushSource(() => defer(() => {
      open++
      return concat(from(hand(9)), NEVER)
    }).pipe(finalize(() => open--)))
    for await (const { length } of batchesOf(source, { rows: 3 })) {
      expect([length, open]).toEqual([3, 1])
      break
    }
    expect(open).toBe(0)
  })

  it('ends at once, and quietly, where it is aborted', async () => {
    const abort = new AbortController()
    const seen: number[] = []
    for await (const { length } of batchesOf(eventSource(hand(9)), { rows: 3, signal: abort.signal })) {
      seen.push(length)
      abort.abort()
    }
    expect(seen).toEqual([3])
  })

  it('ends a wait for a source that says nothing where it is aborted, and does not open one that is aborted before', async () => {
    const abort = new AbortController()
    const live = new Subject<MarketEvent>()
    let opened = 0
    const source = pushSource(() => {
      opened++
      return live
    })
    const batches = batchesOf(source, { signal: abort.signal })[Symbol.asyncIterator]()
    const waiting = batches.next()
    expect(live.observed).toBe(true)
    abort.abort()
    expect(await waiting).toEqual({ value: undefined, done: true })
    expect(live.observed).toBe(false)
    expect(await all(batchesOf(source, { signal: abort.signal }))).toEqual([])
    expect(opened).toBe(1)
  })

  it('ends with an error where a source that only pushes gets millions of rows ahead', async () => {
    const make = session()
    const levels = Array.from({ length: 60_000 }, (_, level): [number, number] => [(60_001 - level) / 100, 1])
    const snapshot = make.snapshot(levels, [])
    const source = pushSource(() => concat(of(make.instrument()), from(Array.from({ length: 80 }, () => snapshot))))
    let rows = 0
    await expect((async () => {
      for await (const batch of batchesOf(source)) rows += batch.length
    })()).rejects.toMatchObject({ code: 'LOB_SINK' })
    expect(rows).toBeGreaterThan(60_000)
    expect(rows).toBeLessThan(2 ** 22 + 2 * 60_001)
  })

  it('counts batches of single events at what they cost', async () => {
    const [a, snapshot, trade] = hand(1) as [MarketEvent, MarketEvent, MarketEvent]
    const other = { ...equity, id: 'test:XYZ' as const }
    const b = session(other).instrument()
    const pairs = Array.from({ length: 300_000 }, (_, n) => (n % 2 === 0 ? trade : ({ ...trade, instrument: other.id } as MarketEvent)))
    await expect(all(batchesOf(eventSource([a, b, snapshot, ...pairs])))).rejects.toMatchObject({ code: 'LOB_SINK' })
  })

  it('forgets what they cost once they are read', async () => {
    const live = new Subject<MarketEvent>()
    const [opening, snapshot] = hand(0) as [MarketEvent, MarketEvent]
    const batches = batchesOf(pushSource(() => live))[Symbol.asyncIterator]()
    const first = batches.next()
    live.next(opening)
    for (let n = 0; n < 140_000; n++) {
      const next = n === 0 ? first : batches.next()
      live.next(snapshot)
      expect((await next).done).toBe(false)
    }
    await batches.return?.()
  })

  it("gives a source's own batches as they are", async () => {
    const batches = await batchesFrom(hand(3), 2)
    expect(await all(batchesOf(batchSource(batches), { rows: 100 }))).toEqual(batches)
  })

  it.each([0, 2.5, NaN])('refuses %d rows a batch', (rows) => {
    expect(() => batchesOf(eventSource([]), { rows })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
