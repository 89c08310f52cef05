import { LobError, type EventBatch, type InstrumentEvent, type MarketEvent, type Source } from '@rxlob/core'
import { concat, from, NEVER, Observable, of, throwError } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { makeEvents, testSource, type TestSourceOptions } from '../src/index.js'
import { arraySource } from './array-source.js'
import { brokenChecks } from './broken-checks.js'

const events = makeEvents({ seed: 31, events: 1500, book: 'l3', levels: 10 })
const interleaved = makeEvents({ seed: 32, events: 1500, book: 'l3', levels: 10, instruments: 2 })
/** Long enough for a busy machine; where a test waits in vain it is `inVain`. */
const patient: TestSourceOptions = { waitMillis: 3000 }
const inVain: TestSourceOptions = { waitMillis: 100 }

/** Checks that fail for a source changed from the good one. */
async function fails(change: (good: Source) => Partial<Source> = () => ({}), options: TestSourceOptions = {}): Promise<Record<string, string>> {
  const { source, open } = arraySource(events)
  return brokenChecks(testSource(() => ({ ...source, ...change(source) }), { ...patient, open, ...options }))
}
const names = async (...args: Parameters<typeof fails>): Promise<string[]> => Object.keys(await fails(...args))

/** Checks that fail for a source of these events alone, without batches. */
async function failsWith(list: readonly MarketEvent[], over: Partial<Source> = {}, options = patient): Promise<Record<string, string>> {
  const { batches: _, ...source } = { ...arraySource(list).source, ...over }
  return brokenChecks(testSource(() => source, options))
}
const changed = (at: (event: MarketEvent) => boolean, change: (event: any) => MarketEvent | MarketEvent[]): MarketEvent[] => {
  const index = events.findIndex((event, position) => position > 50 && at(event))
  expect(index).toBeGreaterThan(0)
  return [...events.slice(0, index), ...[change(events[index])].flat(), ...events.slice(index + 1)]
}

describe('good sources pass', () => {
  it('a replay with batches', async () => expect(await fails()).toEqual({}))
  it('two instruments interleaved', async () => {
    const { source, open } = arraySource(interleaved)
    expect(await brokenChecks(testSource(() => source, { ...patient, open }))).toEqual({})
  })
  it('read in part', async () => expect(await fails(() => ({}), { events: 500 })).toEqual({}))
  it('one without batches', async () => expect(await failsWith(events)).toEqual({}))
  it('one with frames', async () => {
    expect(await fails((good) => ({
      frames: () => new Observable<EventBatch>((subscriber) => { void (async () => { for await (const batch of good.batches!()) subscriber.next(batch); subscriber.complete() })() }),
    }))).toEqual({})
  })
  it('a live one that falls silent', async () => {
    const live: Partial<Source> = { supports: { ...arraySource([]).source.supports, timing: 'live' }, events: () => concat(from(events), NEVER) }
    expect(await failsWith(events, live, inVain)).toEqual({})
  })
  it('one that heals, and one that fails as it should', async () => {
    expect(await fails(undefined, {
      faulty: () => arraySource(events).source,
      broken: () => arraySource([], { events: () => concat(from(events.slice(0, 50)), throwError(() => new LobError('LOB_BAD_FILE', 'Expected six columns.'))) }).source,
    })).toEqual({})
  })
})

describe('broken streams fail', () => {
  it('an event before its definition', async () => {
    expect(await failsWith(interleaved.filter(({ kind }) => kind !== 'instrument'))).toMatchObject({ 'begins each instrument with its definition': expect.stringMatching(/^array: event 0: a \w+ of made:TEST\d before its instrument event\.$/) })
  })
  it.each<[string, Partial<InstrumentEvent['definition']>]>([
    ['an id of another venue', { venue: 'other' }],
    ['an id of another instrument', { id: 'made:OTHER' }],
    ['a tick size of 0', { tickSize: 0 }],
  ])('%s', async (_, part) => {
    const list = events.map((event) => (event.kind === 'instrument' ? { ...event, definition: { ...event.definition, ...part } } : event))
    expect(Object.keys(await failsWith(list))).toContain('begins each instrument with its definition')
  })
  it('more levels than it says', async () => {
    const { supports } = arraySource([]).source
    expect(Object.keys(await failsWith(events, { supports: { ...supports, levels: 9 } }))).toEqual(['begins each instrument with its definition', 'gives what it says it supports'])
  })
  it('time that goes back', async () => {
    const messages = await failsWith(changed(({ kind }) => kind === 'trade', (event) => ({ ...event, tsLocal: event.tsLocal - 10_000_000 })))
    expect(messages).toEqual({ 'gives whole microseconds, and arrival never goes back': expect.stringMatching(/^array: event \d+: tsLocal goes back from \d+ to \d+\.$/) })
  })
  it('parts of a microsecond', async () => {
    const rule = ['gives whole microseconds, and arrival never goes back']
    expect(Object.keys(await failsWith(changed(({ kind }) => kind === 'trade', (event) => ({ ...event, tsExchange: event.tsExchange + 0.5 }))))).toEqual(rule)
    expect(Object.keys(await failsWith(changed(({ kind }) => kind === 'trade', (event) => ({ ...event, nanos: 1000 }))))).toEqual(rule)
  })
  it('kinds that it says it has not', async () => {
    const { supports } = arraySource([]).source
    const rule = ['gives what it says it supports']
    expect(Object.keys(await failsWith(events, { supports: { ...supports, trades: false } }))).toEqual(rule)
    expect(Object.keys(await failsWith(events, { supports: { ...supports, book: 'l2' } }))).toEqual(rule)
  })
  it('a snapshot worst first', async () => {
    const list = changed((event) => event.kind === 'snapshot' && event.bids.length > 2, (event) => ({ ...event, bids: event.bids.toReversed() }))
    expect(Object.keys(await failsWith(list))).toEqual(['gives what it says it supports'])
  })
  it('an event that cannot be true', async () => {
    const list = makeEvents({ seed: 5, events: 2000, book: 'l3', levels: 10, rates: { impossible: 0.01 } })
    expect(Object.keys(await failsWith(list))).toEqual(['makes a possible book'])
  })
  it('events after the end', async () => {
    const last = events.at(-1)!
    expect(Object.keys(await failsWith([...events, { ...events.findLast(({ kind, instrument }) => kind === 'trade' && instrument === last.instrument)!, tsLocal: last.tsLocal } as MarketEvent]))).toEqual(['says no more of an instrument that has ended'])
  })
})

describe('broken sources fail', () => {
  it('declarations', async () => {
    const rule = 'names its contract and what it supports'
    const { supports } = arraySource([]).source
    expect(await names(() => ({ contract: 2 as 1 }))).toEqual([rule])
    expect(await failsWith([], { supports: { ...supports, book: 'none' } })).toMatchObject({ [rule]: 'array: a book of none with 10 levels.' })
    expect(await failsWith([], { supports: { ...supports, detects: {} as never } })).toMatchObject({ [rule]: 'array: supports.detects.gaps is missing.' })
  })
  it('a replay that stops without an end', async () => {
    expect((await failsWith(events, { events: () => concat(from(events), NEVER) }, inVain))['makes a possible book']).toBe('array, a replay, came to a stop after 1500 events: nothing for 100 ms, and no end.')
  })
  it('a source that says nothing', async () => {
    expect((await failsWith([], { events: () => NEVER }, inVain))['makes a possible book']).toBe('array gave no event within 100 ms.')
  })
  it('an error', async () => {
    expect((await failsWith([], { events: () => concat(of(events[0]!), throwError(() => new Error('socket hang up'))) }))['makes a possible book']).toBe('array ended in Error: socket hang up after 1 events.')
  })
  it('a hot source: later subscribers miss what has been', async () => {
    let at = 0
    const hot = (): Observable<MarketEvent> => new Observable((subscriber) => { while (at < events.length && !subscriber.closed) subscriber.next(events[at++]!); subscriber.complete() })
    expect(Object.keys(await failsWith(events, { events: hot }))).toContain('gives the same events to each subscription')
  })
  it('events with a moment of their own', async () => {
    const stamped = (): Observable<MarketEvent> => from(events.map((event) => ({ ...event, tsExchange: event.tsExchange - Math.floor(Math.random() * 1000) })))
    expect(Object.keys(await failsWith(events, { events: stamped }))).toEqual(['gives the same events to each subscription'])
  })
  it('what stays open', async () => {
    const rule = 'opens nothing before it is subscribed to, and closes on unsubscribe'
    const { batches: _, ...good } = arraySource(events).source
    const leaks = async (leak: (stream: Observable<MarketEvent>, open: (by: number) => void) => Observable<MarketEvent>): Promise<string | undefined> => {
      let open = 0
      const create = (): Source => {
        open = 0
        return { ...good, events: () => leak(good.events(), (by) => void (open += by)) }
      }
      return (await brokenChecks(testSource(create, { ...patient, open: () => open })))[rule]
    }
    expect(await leaks((stream, open) => new Observable((subscriber) => { open(1); return stream.subscribe(subscriber) }))).toBe('array: unsubscribed after 1 events, 1 of its files or connections are still open.')
    expect(await leaks((stream, open) => { open(1); return stream })).toBe('array: before any subscription 1 of its files or connections are still open.')
    expect(await leaks((stream, open) => new Observable((subscriber) => { open(1); const inner = stream.subscribe(subscriber); return () => { open(-1); inner.unsubscribe() } }))).toBe(undefined)
  })
  it('a loss that is not told, and one that does not heal', async () => {
    const rule = 'tells of lost messages, and heals with a snapshot'
    const silent = events.filter(({ kind }) => kind !== 'status')
    expect((await fails(undefined, { faulty: () => arraySource(silent).source }))[rule]).toBe(`array: messages were lost, and no status tells of it in ${silent.length} events.`)
    const gap = events.findIndex((event) => event.kind === 'status' && event.status === 'gap')
    expect(gap).toBeGreaterThan(0)
    const unhealed = events.filter(({ kind }, at) => at < 3 || kind !== 'snapshot')
    expect((await fails(undefined, { faulty: () => arraySource(unhealed).source }))[rule]).toMatch(/no snapshot follows in \d+ events/)
  })
  it('failures that are none, hang, or name no code', async () => {
    const rule = 'fails with a LobError, after what it could still give'
    const broken = async (stream: Observable<MarketEvent>): Promise<string | undefined> => (await fails(undefined, { ...inVain, broken: () => arraySource([], { events: () => stream }).source }))[rule]
    expect(await broken(from(events.slice(0, 9)))).toBe('array: expected to fail, completed after 9 events.')
    expect(await broken(concat(from(events.slice(0, 9)), NEVER))).toBe('array: expected to fail, hangs for 100 ms after 9 events.')
    expect(await broken(throwError(() => new TypeError('x is undefined')))).toBe('array: expected a LobError, got TypeError: x is undefined.')
  })
})

describe('broken batches fail', () => {
  const same = 'batches give the same events'
  const whole = 'batches are whole, in order, and stay as they were read'
  const stop = 'batches stop when they are aborted, and when the reader leaves'
  const through = (change: (batch: EventBatch, at: number) => EventBatch | undefined) => (good: Source): Partial<Source> => ({
    async *batches(options) {
      let at = 0
      for await (const batch of good.batches!(options)) {
        const kept = change(batch, at++)
        if (kept) yield kept
      }
    },
  })

  it('a batch left out, a number changed', async () => {
    expect(await names(through((batch, at) => (at === 3 ? undefined : batch)))).toContain(same)
    expect(await names(through((batch, at) => { if (at === 3) batch.lots[0]! += 1; return batch }))).toContain(same)
    expect((await fails(through((batch) => ({ ...batch, levels: 5 }))))[same]).toBe('array: a batch of made:TEST0 has another definition than its instrument events.')
  })
  it('the end left out', async () => expect(await names(through((batch) => (Number(batch.position) === events.length ? undefined : batch)))).toContain(same))
  it('an event cut in two', async () => {
    expect(await names(through((batch, at) => { if (at === 3) batch.flags[batch.length - 1]! &= ~1; return batch }))).toContain(whole)
  })
  it('time that goes back within a batch', async () => {
    expect(await names(through((batch) => { if (batch.length > 5) batch.tsLocal[4] = 0; return batch }))).toEqual(expect.arrayContaining([whole, same]))
  })
  it('arrays that are used again', async () => {
    const shared = new Float64Array(10_000)
    expect(await names(through((batch) => { shared.set(batch.lots); return { ...batch, lots: shared } }))).toContain(whole)
  })
  it('positions that are ignored, or one batch off', async () => {
    const rule = 'batches resume after a position'
    expect(await names((good) => ({ batches: ({ signal } = {}) => good.batches!(signal ? { signal } : {}) }))).toEqual([rule])
    expect(await names(through((batch) => ({ ...batch, position: String(Number(batch.position) + 1) })))).toEqual([rule])
  })
  it('an abort that is not heard, or hangs', async () => {
    expect(await names((good) => ({ batches: ({ from } = {}) => good.batches!(from === undefined ? {} : { from }) }))).toEqual([stop])
    const hanging = (good: Source): Partial<Source> => ({
      async *batches({ signal, ...rest } = {}) {
        for await (const batch of good.batches!(rest)) {
          if (signal?.aborted) await new Promise(() => {})
          yield batch
        }
      },
    })
    expect((await fails(hanging, inVain))[stop]).toBe('array: batches hang for 100 ms after they are aborted.')
  })
  it('a reader who leaves something open', async () => {
    let open = 0
    const { source } = arraySource(events)
    const create = (): Source => {
      open = 0
      return { ...source, async *batches(options) { open++; yield* source.batches!(options); open-- } }
    }
    expect((await brokenChecks(testSource(create, { ...patient, open: () => open })))[stop]).toBe('array: left after one batch, 1 of its files or connections are still open.')
  })
  it('frames that differ', async () => {
    const frames = (good: Source): Partial<Source> => ({
      frames: () => new Observable<EventBatch>((subscriber) => { void (async () => { let at = 0; for await (const batch of good.batches!()) if (at++ !== 2) subscriber.next(batch); subscriber.complete() })() }),
    })
    expect(await names(frames)).toEqual(['frames give the same events'])
  })
})
