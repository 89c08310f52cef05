import { BookTracker, type InstrumentId, type MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { defineLiveSource, feedCore, virtualClock, type LiveSourceSpec, type Outside, type Sequencer } from '../src/index.js'
import { acmeInstrument, acmeSpec } from './acme/acme-spec.js'

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const start = 1_700_000_000_000_000

/** A venue whose stream begins with a snapshot and has one counter a connection, several products in a message: Advanced Trade's shape. */
interface Envelope {
  readonly n: number
  readonly events: readonly { readonly type: 'snapshot' | 'update'; readonly product: string; readonly bids: [number, number][] }[]
}
function counter(): Sequencer<Envelope> {
  let last = -1
  return {
    check({ n }) {
      if (n <= last) return 'drop'
      if (n !== last + 1) return 'resync'
      last = n
      return 'apply'
    },
    missing: ({ n }) => ({ fromSeq: last + 1, toSeq: n - 1 }),
    reset: (n) => (last = n),
  }
}
const envelopes: LiveSourceSpec<Envelope> = {
  name: 'adv', symbols: ['BTC', 'ETH'], url: 'wss://adv.example',
  supports: { timing: 'live', book: 'l2', levels: Infinity, trades: false, detects: { gaps: true, staleness: true, lostTrades: false } },
  instruments: async (symbols) => symbols.map(acmeInstrument),
  connectionSequencer: counter,
  normalizer: () => ({
    normalize({ events }, tsLocal, emit) {
      for (const { type, product, bids } of events) emit({ kind: type === 'snapshot' ? 'snapshot' : 'delta', instrument: `acme:${product}`, tsExchange: tsLocal, tsLocal, bids, asks: [] })
    },
  }),
}

function coreOf<Raw>(spec: LiveSourceSpec<Raw>) {
  const events: MarketEvent[] = []
  const wishes: string[] = []
  let tsLocal = start
  const core = feedCore(spec, (event) => events.push(event), {
    snapshot: (instrument, _, attempt, patient) => wishes.push(`snapshot ${instrument} ${attempt}${patient ? ' patient' : ''}`),
    reconnect: (connection, reason) => wishes.push(`reconnect ${connection} ${reason}`),
    release: (connection) => wishes.push(`release ${connection}`),
  })
  core.accept({ kind: 'instruments', tsLocal, instruments: spec.symbols.map(acmeInstrument) })
  return {
    core, events, wishes,
    open: (connection: number, streams: readonly string[]) => core.accept({ kind: 'open', tsLocal: ++tsLocal, connection, streams }),
    frame: (connection: number, message: unknown) => core.accept({ kind: 'frame', tsLocal: ++tsLocal, connection, data: encode(message) }),
    respond: (symbol: string, message: unknown) => core.accept({ kind: 'response', tsLocal: ++tsLocal, symbol, data: encode(message) }),
    close: (connection: number) => core.accept({ kind: 'close', tsLocal: ++tsLocal, connection, reason: 'test' }),
    promote: (connection: number) => core.accept({ kind: 'promote', tsLocal: ++tsLocal, connection }),
    kinds: (symbol: string) => events.filter(({ instrument }) => instrument === `acme:${symbol}`).map((event) => (event.kind === 'status' ? event.status : event.kind)),
  }
}
const update = (product: string, type: 'snapshot' | 'update' = 'update', size = 1) => ({ type, product, bids: [[100, size]] })

describe('a stream that brings its own snapshots, counted per connection', () => {
  it('waits for each product’s snapshot, then lives', () => {
    const { open, frame, kinds, core } = coreOf(envelopes)
    open(1, ['BTC', 'ETH'])
    frame(1, { n: 0, events: [update('BTC')] })
    frame(1, { n: 1, events: [update('BTC', 'snapshot'), update('ETH', 'snapshot')] })
    frame(1, { n: 2, events: [update('BTC'), update('ETH')] })
    expect(kinds('BTC')).toEqual(['instrument', 'connected', 'snapshot', 'delta'])
    expect(kinds('ETH')).toEqual(['instrument', 'connected', 'snapshot', 'delta'])
    expect(core.counts.waited).toBe(1)
  })

  it('a frame of half the limit is counted, and used like any other', () => {
    const { open, frame, kinds, core } = coreOf(envelopes)
    open(1, ['BTC', 'ETH'])
    frame(1, { n: 0, events: [update('BTC', 'snapshot')], padding: 'x'.repeat(16 * 2 ** 20) })
    frame(1, { n: 1, events: [update('BTC')] })
    expect(kinds('BTC')).toEqual(['instrument', 'connected', 'snapshot', 'delta'])
    expect(core.counts.largeFrames).toBe(1)
  })

  it('a snapshot in mid-connection replaces that book alone', () => {
    const { open, frame, events } = coreOf(envelopes)
    open(1, ['BTC', 'ETH'])
    frame(1, { n: 0, events: [update('BTC', 'snapshot', 1), update('ETH', 'snapshot', 1)] })
    frame(1, { n: 1, events: [update('BTC', 'snapshot', 7)] })
    const trackers = new Map<InstrumentId, BookTracker>()
    for (const event of events) {
      if (event.kind === 'instrument') trackers.set(event.instrument, new BookTracker(event.definition, event.levels))
      trackers.get(event.instrument)!.apply(event)
    }
    expect([trackers.get('acme:BTC')!.book.bidLots(0), trackers.get('acme:ETH')!.book.bidLots(0)]).toEqual([7, 1])
  })

  it('a lost message takes every book of the connection, and asks for another', () => {
    const { open, frame, kinds, wishes, core } = coreOf(envelopes)
    open(1, ['BTC', 'ETH'])
    frame(1, { n: 0, events: [update('BTC', 'snapshot'), update('ETH', 'snapshot')] })
    frame(1, { n: 3, events: [update('BTC')] })
    expect(kinds('BTC').at(-1)).toBe('gap')
    expect(kinds('ETH').at(-1)).toBe('gap')
    expect(wishes).toEqual(['reconnect 1 connection gap'])
    expect(core.counts.gaps).toBe(1)
    frame(1, { n: 0, events: [update('BTC', 'snapshot')] })
    expect(core.counts.stale).toBe(1)
  })

  it('hands over at the successor’s snapshot', () => {
    const { open, frame, kinds, wishes } = coreOf(envelopes)
    open(1, ['BTC'])
    frame(1, { n: 0, events: [update('BTC', 'snapshot')] })
    open(2, ['BTC'])
    frame(2, { n: 0, events: [update('BTC', 'snapshot')] })
    expect(wishes).toEqual(['release 1'])
    frame(1, { n: 1, events: [update('BTC')] })
    frame(2, { n: 1, events: [update('BTC')] })
    expect(kinds('BTC')).toEqual(['instrument', 'connected', 'snapshot', 'snapshot', 'delta'])
  })
})

describe('handover of numbered messages', () => {
  const delta = (U: number, u: number) => ({ k: 'book', s: 'BTC', t: start, U, u, b: [], a: [] })
  const live = () => {
    const session = coreOf(acmeSpec(['BTC']))
    session.open(1, ['BTC@book'])
    session.frame(1, delta(1, 10))
    session.respond('BTC', { k: 'snapshot', s: 'BTC', id: 10, b: [[9999, 1]], a: [[10001, 1]] })
    session.open(2, ['BTC@book'])
    return session
  }
  const seqs = (session: ReturnType<typeof live>): unknown[] => session.events.filter(({ kind }) => kind === 'delta').map(({ seq }) => seq)

  it('a successor that is ahead waits for the predecessor to reach it', () => {
    const session = live()
    session.frame(2, delta(13, 14))
    session.frame(2, delta(15, 16))
    expect(seqs(session)).toEqual([])
    session.frame(1, delta(11, 12))
    expect(seqs(session)).toEqual([12, 14, 16])
    expect(session.wishes).toContain('release 1')
    session.frame(1, delta(13, 14))
    expect(seqs(session)).toEqual([12, 14, 16])
  })

  it('a successor that is behind is dropped until it meets', () => {
    const session = live()
    session.frame(1, delta(11, 14))
    session.frame(2, delta(11, 12))
    session.frame(2, delta(13, 14))
    session.frame(2, delta(15, 15))
    expect(seqs(session)).toEqual([14, 15])
    expect(session.core.counts.handovers).toBe(1)
  })

  it('a predecessor that dies before: the numbers decide, not the connection', () => {
    const session = live()
    session.frame(2, delta(13, 14))
    session.close(1)
    expect(session.kinds('BTC').at(-1)).toBe('gap')
    expect(session.events.at(-1)).toMatchObject({ fromSeq: 11, toSeq: 12 })
    const joined = live()
    joined.close(1)
    joined.frame(2, delta(11, 12))
    expect(joined.kinds('BTC')).not.toContain('disconnected')
    expect(seqs(joined)).toEqual([12])
  })

  it('promoted without proof, what does not fit is a gap', () => {
    const session = live()
    session.frame(2, delta(20, 21))
    session.promote(2)
    expect(session.events.at(-1)).toMatchObject({ status: 'gap', fromSeq: 11, toSeq: 19 })
    expect(session.wishes).toContain('release 1')
  })

  it('a successor that dies changes nothing', () => {
    const session = live()
    session.close(2)
    session.frame(1, delta(11, 12))
    expect(seqs(session)).toEqual([12])
  })
})

describe('metadata', () => {
  it('that changes starts the book again; that is repeated does not', () => {
    const session = coreOf(acmeSpec(['BTC']))
    session.open(1, ['BTC@book'])
    session.respond('BTC', { k: 'snapshot', s: 'BTC', id: 10, b: [[9999, 1]], a: [[10001, 1]] })
    const define = (tickSize: number): void => session.core.accept({ kind: 'instruments', tsLocal: start + 100, instruments: [{ ...acmeInstrument('BTC'), tickSize }] })
    define(0.01)
    expect(session.kinds('BTC')).toEqual(['instrument', 'connected', 'snapshot'])
    define(0.001)
    expect(session.kinds('BTC').at(-1)).toBe('instrument')
    expect(session.wishes.at(-1)).toBe('snapshot acme:BTC 0 patient')
  })

  it('too coarse for a resting order is refined, and stays so when the venue repeats it', () => {
    const session = coreOf(acmeSpec(['BTC']))
    session.open(1, ['BTC@book'])
    session.respond('BTC', { k: 'snapshot', s: 'BTC', id: 10, b: [[9999.5, 1]], a: [[10001, 1]] })
    expect(session.kinds('BTC')).toEqual(['instrument', 'connected', 'instrument', 'snapshot'])
    expect(session.events[2]).toMatchObject({ definition: { tickSize: 0.005, lotSize: 1 } })
    session.core.accept({ kind: 'instruments', tsLocal: start + 100, instruments: [acmeInstrument('BTC')] })
    expect(session.kinds('BTC')).toHaveLength(4)
  })
})

describe('a stream that was called silent', () => {
  it('and speaks after all, on the connection that carries the book, begins again', () => {
    const session = coreOf(acmeSpec(['BTC', 'ETH']))
    session.open(1, ['BTC@book', 'ETH@book'])
    for (const symbol of ['BTC', 'ETH']) session.respond(symbol, { k: 'snapshot', s: symbol, id: 10, b: [[9999, 1]], a: [[10001, 1]] })
    session.core.accept({ kind: 'verdict', tsLocal: start + 50, instrument: 'acme:BTC', status: 'stale', channel: 'book', reason: 'silent' })
    const wished = session.wishes.length
    session.frame(1, { k: 'book', s: 'BTC', t: start, U: 11, u: 11, b: [[9998, 1]], a: [] })
    expect(session.wishes.slice(wished)).toContain('snapshot acme:BTC 0')
    session.respond('BTC', { k: 'snapshot', s: 'BTC', id: 10, b: [[9999, 1]], a: [[10001, 1]] })
    expect(session.kinds('BTC')).toEqual(['instrument', 'connected', 'snapshot', 'stale', 'snapshot', 'delta'])
    expect(session.core.book('acme:BTC')!.live).toBe(true)
    expect(session.kinds('ETH')).toEqual(['instrument', 'connected', 'snapshot'])
  })
})

describe('a difference off the grid', () => {
  it('refines the grid, and the book waits for a snapshot on it', () => {
    const session = coreOf(acmeSpec(['BTC']))
    session.open(1, ['BTC@book'])
    session.respond('BTC', { k: 'snapshot', s: 'BTC', id: 10, b: [[9999, 1]], a: [[10001, 1]] })
    session.frame(1, { k: 'book', s: 'BTC', t: start, U: 11, u: 11, b: [[9998.5, 1]], a: [] })
    expect(session.kinds('BTC')).toEqual(['instrument', 'connected', 'snapshot', 'instrument'])
    expect(session.core.book('acme:BTC')!.live).toBe(false)
    session.frame(1, { k: 'book', s: 'BTC', t: start, U: 12, u: 12, b: [[9998.5, 2]], a: [] })
    session.respond('BTC', { k: 'snapshot', s: 'BTC', id: 11, b: [[9998.5, 1]], a: [[10001, 1]] })
    expect(session.kinds('BTC').slice(4)).toEqual(['snapshot', 'delta'])
    expect(session.core.book('acme:BTC')!.live).toBe(true)
  })
})

describe('DESIGN’s exchange of one’s own', () => {
  it('needs no numbers, no snapshots by REST and no addresses', async () => {
    interface AcmeBook { symbol: string; ts: number; bids: [number, number][]; asks: [number, number][] }
    const clock = virtualClock()
    const sent: string[] = []
    let say: (message: unknown) => void = () => {}
    const outside: Outside = {
      clock,
      connect(_, events) {
        clock.after(1000, events.open)
        say = (message) => events.message(encode(message))
        return { send: (text) => sent.push(text), ping() {}, pause() {}, resume() {}, close() {}, terminate() {} }
      },
    }
    const acme = defineLiveSource<AcmeBook>({
      name: 'acme', url: 'wss://ws.acme.example', symbols: ['BTC-USD'],
      supports: { timing: 'live', book: 'l2', levels: 50, trades: false, detects: { gaps: false, staleness: true, lostTrades: false } },
      instruments: async (symbols) => symbols.map(acmeInstrument),
      subscribe: (symbols) => [{ op: 'subscribe', books: symbols }],
      normalizer: () => ({
        normalize: ({ symbol, ts, bids, asks }, tsLocal, emit) => emit({ kind: 'snapshot', instrument: `acme:${symbol}`, tsExchange: ts * 1000, tsLocal, bids, asks }),
      }),
    }, outside)
    const events: MarketEvent[] = []
    const subscription = acme.events().subscribe((event) => events.push(event))
    await clock.advance(10_000)
    expect(sent).toEqual(['{"op":"subscribe","books":["BTC-USD"]}'])
    say({ symbol: 'BTC-USD', ts: 1, bids: [[100, 1]], asks: [[101, 1]] })
    say({ symbol: 'BTC-USD', ts: 2, bids: [[100, 2]], asks: [[101, 1]] })
    expect(events.map(({ kind }) => kind)).toEqual(['instrument', 'status', 'snapshot', 'snapshot'])
    subscription.unsubscribe()
    expect(clock.pending).toBe(0)
  })
})

describe('a stream that begins with its snapshot', () => {
  it('is to begin again where its book is lost, and only then', () => {
    const wishes: string[] = []
    const core = feedCore({ ...envelopes, connectionSequencer: undefined as never }, () => {}, { restart: (_, symbol) => wishes.push(symbol) })
    let tsLocal = start
    const frame = (message: unknown): void => core.accept({ kind: 'frame', tsLocal: ++tsLocal, connection: 1, data: encode(message) })
    core.accept({ kind: 'instruments', tsLocal, instruments: ['BTC', 'ETH'].map(acmeInstrument) })
    core.accept({ kind: 'open', tsLocal, connection: 1, streams: ['BTC', 'ETH'] })
    frame({ n: 0, events: [update('BTC', 'snapshot'), update('ETH', 'snapshot')] })
    expect(wishes).toEqual([])
    // Nobody knows whose this was, and no number will tell.
    core.accept({ kind: 'frame', tsLocal: ++tsLocal, connection: 1, data: new TextEncoder().encode('{"n":1,"ev') })
    expect(wishes).toEqual(['BTC', 'ETH'])
    expect([core.book('acme:BTC')!.live, core.book('acme:ETH')!.live]).toEqual([false, false])
    frame({ n: 2, events: [update('BTC', 'snapshot')] })
    expect([core.book('acme:BTC')!.live, core.book('acme:ETH')!.live]).toEqual([true, false])
    frame({ n: 3, events: [update('ETH')] })
    expect(wishes).toEqual(['BTC', 'ETH', 'ETH'])
  })

  it('is heard also where messages have no address', () => {
    const heard: string[] = []
    const core = feedCore(envelopes, () => {}, { heard: (stream) => heard.push(stream) })
    core.accept({ kind: 'instruments', tsLocal: start, instruments: ['BTC', 'ETH'].map(acmeInstrument) })
    core.accept({ kind: 'open', tsLocal: start, connection: 1, streams: ['BTC', 'ETH'] })
    core.accept({ kind: 'frame', tsLocal: start, connection: 1, data: encode({ n: 0, events: [update('ETH', 'snapshot')] }) })
    expect(heard).toEqual(['ETH'])
  })

  it('a frame that its sequencer cannot read is a bad message, not an exception', () => {
    const { core, open, frame } = coreOf(envelopes)
    open(1, ['BTC', 'ETH'])
    frame(1, null)
    expect(core.counts.badMessages).toBe(1)
  })
})

describe('a frame of several messages', () => {
  it('gives each its own address and its own faults', () => {
    interface Part { readonly product: string; readonly size: number }
    const spec: LiveSourceSpec<Part | { readonly list: readonly Part[] }> = {
      ...(envelopes as never as LiveSourceSpec<Part>), connectionSequencer: undefined as never,
      parts: (raw) => ('list' in raw ? raw.list : [raw]),
      address: (raw) => ({ instrument: `acme:${(raw as Part).product}`, channel: 'book' }),
      normalizer: () => ({
        normalize(raw, tsLocal, emit) {
          const { product, size } = raw as Part
          if (size < 0) throw new Error('below zero')
          emit({ kind: 'snapshot', instrument: `acme:${product}`, tsExchange: tsLocal, tsLocal, bids: [[100, size]], asks: [] })
        },
      }),
    }
    const { core, open, frame, kinds } = coreOf(spec)
    open(1, ['BTC', 'ETH'])
    frame(1, { list: [{ product: 'BTC', size: 1 }, { product: 'ETH', size: 1 }] })
    frame(1, { list: [{ product: 'BTC', size: -1 }, { product: 'ETH', size: 2 }] })
    expect([core.book('acme:BTC')!.live, core.book('acme:ETH')!.live]).toEqual([false, true])
    expect([kinds('BTC').slice(-2), kinds('ETH').slice(-2)]).toEqual([['snapshot', 'gap'], ['snapshot', 'snapshot']])
  })
})
