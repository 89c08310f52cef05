import { type BookTracker, type EventBatch, type Instrument, type InstrumentId, type MarketEvent, type Micros } from '@rxlob/core'
import { bookSnapshot } from './book-snapshot.js'
import { zeroCounts, type FeedCounts } from './feed-counts.js'
import { instrumentDesk, type InstrumentDesk } from './instrument-desk.js'
import type { FeedWishes } from './feed-wishes.js'
import type { InParts } from './in-parts.js'
import { largeMessages } from './large-messages.js'
import { restAnswers } from './rest-answers.js'
import type { Address, Control, FrameScanner, LiveSourceSpec, Quote, Stream } from './live-source-spec.js'
import type { Sequencer } from './sequencer.js'
import type { Pending } from './snapshot-sync.js'
import { streamsOf } from './streams-of.js'
import type { WireItem } from './wire-item.js'

export interface FeedCore {
  readonly counts: FeedCounts
  accept(item: WireItem): void
  /**
   * Does the work of a large frame or answer beforehand, as far as that depends on it alone: `accept` of the same item then takes what is ready, and
   * gives the same events as without. Returns the number of the snapshot in it. Undefined where the item is not large, or the venue cannot be read in parts.
   */
  prepare(item: WireItem): InParts<number | undefined> | undefined
  /** The book of an instrument as it is now, its known levels, as events; none while it is not valid. */
  bookNow(instrument: InstrumentId): readonly MarketEvent[]
  /** Number of the last book event, and whether the book is live; for a second opinion. */
  book(instrument: InstrumentId): { readonly live: boolean; readonly seq: number | undefined; readonly crossedSince: Micros | undefined } | undefined
}

const badInTenSeconds = 3
const tenSeconds = 10_000_000
const largeBytes = 16 * 2 ** 20

/**
 * Wire items in, events out: the whole of a live source but its sockets and timers. Deterministic and synchronous: the same items
 * give the same events, which is what makes a recording replay byte for byte.
 *
 * @param columns Takes what the venue's scanner reads, as rows lent for the call; `emit` gets the rest. Left out, nothing is scanned.
 * @param ticks Takes, in place of both, the book that is kept here, after each event of its instrument: lent for the call.
 */
export function feedCore<Raw>(spec: LiveSourceSpec<Raw>, emit: (event: MarketEvent) => void, wishes: Partial<FeedWishes> = {}, columns?: (batch: EventBatch) => void, ticks?: (book: BookTracker) => void): FeedCore {
  const counts = zeroCounts()
  const { levels } = spec.supports
  const normalizer = spec.normalizer()
  const streams = new Map<string, Stream>(streamsOf(spec).map((stream) => [stream.name, stream]))
  const streamsOfId = new Map<InstrumentId, readonly Stream[]>()
  const desks = new Map<InstrumentId, InstrumentDesk<Raw>>()
  const idOfSymbol = new Map<string, InstrumentId>()
  const symbolOf = new Map<InstrumentId, string>()
  /** Metadata as the venue gave it: a book may be kept on a finer grid. */
  const listed = new Map<InstrumentId, string>()
  const connections = new Map<number, { readonly channels: ReadonlyMap<InstrumentId, ReadonlySet<string>>; readonly sequencer: Sequencer<Raw> | undefined }>()
  /** As the books are kept, maybe finer than listed. */
  const grids = new Map<InstrumentId, Instrument>()
  /** Books whose messages carry no numbers, neither their own nor their connection's. */
  const unnumbered = new Set<InstrumentId>()
  const deskOf = (symbol: string): InstrumentDesk<Raw> | undefined => desks.get(idOfSymbol.get(symbol) ?? ':')
  const large = largeMessages({ spec, normalizer, deskOf, desk: (id) => desks.get(id) })
  const answers = restAnswers({ spec, normalizer, counts, wishes, desk: deskOf, decode: large.body })
  let scanner: FrameScanner<Raw> | undefined
  let badTimes: Micros[] = []
  let now: Micros = -Infinity

  function define(definition: Instrument): void {
    const text = JSON.stringify(definition)
    if (listed.get(definition.id) === text) return
    listed.set(definition.id, text)
    const desk = desks.get(definition.id)
    if (desk !== undefined) {
      desk.define({ definition, levels }, now)
      return
    }
    idOfSymbol.set(definition.symbol, definition.id)
    symbolOf.set(definition.id, definition.symbol)
    streamsOfId.set(definition.id, [...streams.values()].filter(({ symbol }) => symbol === definition.symbol))
    const book = spec.sequencer?.(definition.id, 'book')
    if (book === undefined && spec.connectionSequencer === undefined) unnumbered.add(definition.id)
    const opened = instrumentDesk<Raw>({
      instrument: { definition, levels },
      book,
      trades: spec.sequencer?.(definition.id, 'trades'),
      fetched: spec.snapshot !== undefined,
      fills: spec.supports.book === 'l3',
      counts,
      emit,
      columns,
      ticks,
      defined(instrument) {
        grids.set(definition.id, instrument.definition)
        scanner = undefined
      },
      refill: spec.refill && ((missing) => wishes.refill?.(definition.id, definition.symbol, missing)),
      wantSnapshot: (attempt, patient) => wishes.snapshot?.(definition.id, definition.symbol, attempt, patient),
      wantRestart: (lost) => wishes.restart?.(definition.id, definition.symbol, lost),
      wantRecheck: () => wishes.recheck?.(definition.id),
    })
    desks.set(definition.id, opened)
    opened.define({ definition, levels }, now)
  }

  function bad(connection: number, error: unknown, address: Address | undefined): void {
    counts.badMessages++
    // What the message meant to say is unknown: the book it was for cannot be believed.
    const lost = address === undefined ? unnumberedOn(connection) : address.channel === 'book' ? [address.instrument] : []
    for (const id of lost) desks.get(id)?.resync(`bad message: ${messageOf(error)}`, now)
    badTimes = [...badTimes.filter((time) => now - time < tenSeconds), now]
    if (badTimes.length < badInTenSeconds) return
    badTimes = []
    wishes.reconnect?.(connection, 'bad messages')
  }

  /** A message that cannot be read may be of any book; numbered ones notice it with their next message. */
  function unnumberedOn(connection: number): readonly InstrumentId[] {
    const channels = connections.get(connection)?.channels ?? new Map<InstrumentId, ReadonlySet<string>>()
    return [...channels].flatMap(([id, known]) => (known.has('book') && unnumbered.has(id) ? [id] : []))
  }

  function frame(connection: number, data: Uint8Array): void {
    counts.frames++
    if (data.length >= largeBytes) counts.largeFrames++
    const opened = connections.get(connection)
    if (opened === undefined) return
    if ((columns ?? ticks) !== undefined && spec.scanner !== undefined && opened.sequencer === undefined && scan(connection, data)) return
    let raw: Raw
    let parts: readonly Raw[]
    let verdict: ReturnType<Sequencer<Raw>['check']> | undefined
    try {
      raw = large.frame(data)
      parts = spec.parts?.(raw) ?? [raw]
      verdict = opened.sequencer?.check(raw)
    } catch (error) {
      bad(connection, error, undefined)
      return
    }
    if (verdict === 'drop') counts.stale++
    else if (verdict === 'resync') connectionGap(connection, opened.sequencer!, opened.channels, raw)
    if (verdict === 'drop' || verdict === 'resync') return
    for (const part of parts) message(connection, part, Math.ceil(data.length / parts.length))
  }

  function message(connection: number, raw: Raw, bytes: number): void {
    let address: Address | undefined
    let control: Control | undefined
    let quote: Quote | undefined
    const events: MarketEvent[] = []
    let deferred = false
    // Only the venue's words are handled here: what a consumer throws is not a bad message.
    try {
      control = spec.control?.(raw)
      if (control === undefined) {
        address = spec.address?.(raw)
        deferred = spec.inOrder === true && address?.channel === 'book'
        if (address?.channel === 'quotes') quote = spec.quote?.(raw)
        else if (!deferred) normalizer.normalize(raw, now, (event) => events.push(event))
      }
    } catch (error) {
      bad(connection, error, address)
      return
    }
    if (control !== undefined) {
      if (control.kind === 'market') desks.get(control.instrument)?.verdict(control.status, 'all', control.status, now)
      else wishes.control?.(connection, control)
      return
    }
    if (address?.stream !== undefined) wishes.heard?.(address.stream, now)
    if (address?.channel === 'quotes') {
      const desk = desks.get(address.instrument)
      if (quote !== undefined && desk !== undefined && !desk.guard.quote(quote)) desk.resync('quote mismatch', now)
    } else if (address !== undefined) deliver(connection, address.instrument, address.channel, deferred ? inOrder(connection, raw, address, bytes) : { raw, events, bytes })
    else if (events.length === 0) counts.unknown++
    else for (const event of events) route(connection, event, bytes)
  }

  /** A message that is normalized when it is applied. */
  function inOrder(connection: number, raw: Raw, address: Address, bytes: number): Pending<Raw> {
    const tsLocal = now
    let events: MarketEvent[] | undefined
    return {
      raw, bytes, deferred: true,
      get events() {
        if (events !== undefined) return events
        events = []
        try {
          normalizer.normalize(raw, tsLocal, (event) => events!.push(event))
        } catch (error) {
          events = []
          bad(connection, error, address)
        }
        return events
      },
    }
  }

  function scan(connection: number, data: Uint8Array): boolean {
    scanner ??= spec.scanner!([...grids.values()])
    const scanned = scanner.scan(data)
    if (scanned === undefined) return false
    wishes.heard?.(scanned.stream, now)
    return desks.get(scanned.instrument)!.scanned(connection, scanned, now)
  }

  /** A hole in a connection's own numbering: nothing on it can be believed. */
  function connectionGap(connection: number, sequencer: Sequencer<Raw>, channels: ReadonlyMap<InstrumentId, unknown>, raw: Raw): void {
    const missing = sequencer.missing?.(raw)
    counts.gaps++
    const range = missing?.fromSeq === undefined ? '' : ` (${missing.fromSeq} to ${missing.toSeq ?? '?'} missing)`
    for (const id of channels.keys()) desks.get(id)?.resync(`connection gap${range}`, now)
    wishes.reconnect?.(connection, 'connection gap')
  }

  function route(connection: number, event: MarketEvent, bytes: number): void {
    const channel = event.kind === 'trade' ? 'trades' : 'book'
    for (const stream of streamsOfId.get(event.instrument) ?? []) if (stream.channel === 'all' || stream.channel === channel) wishes.heard?.(stream.name, now)
    deliver(connection, event.instrument, channel, { raw: undefined, events: [event], bytes })
  }

  function deliver(connection: number, instrument: InstrumentId, channel: 'book' | 'trades', pending: Pending<Raw>): void {
    const desk = desks.get(instrument)
    if (desk === undefined) {
      counts.unknown++
      return
    }
    const side = desk.connections[channel]
    const before = side.primary
    desk[channel](connection, pending, now)
    if (side.primary !== before) releaseIdle()
  }

  /** Connections that nothing is heard on any more, all of it being heard on younger ones. */
  function releaseIdle(): void {
    const idle = [...connections].filter(([connection, { channels }]) =>
      [...channels.keys()].every((id) => {
        const { book, trades } = desks.get(id)!.connections
        return book.primary !== connection && trades.primary !== connection && book.standby !== connection && trades.standby !== connection
      }),
    )
    for (const [connection] of idle) wishes.release?.(connection)
  }

  function open(connection: number, names: readonly string[]): void {
    const channels = new Map<InstrumentId, Set<string>>()
    for (const name of names) {
      const stream = streams.get(name)
      const id = stream && idOfSymbol.get(stream.symbol)
      if (id === undefined) continue
      const known = channels.get(id) ?? new Set<string>()
      channels.set(id, known)
      for (const channel of stream!.channel === 'all' ? (['book', 'trades'] as const) : [stream!.channel]) known.add(channel)
    }
    connections.set(connection, { channels, sequencer: spec.connectionSequencer?.() })
    for (const [id, known] of channels) desks.get(id)!.open(connection, known, now)
    releaseIdle()
  }

  return {
    counts,
    prepare: large.prepare,
    bookNow(instrument) {
      const desk = desks.get(instrument)
      return desk?.sync.state === 'live' ? bookSnapshot(desk.guard.tracker, desk.sync.last) : []
    },
    book(instrument) {
      const desk = desks.get(instrument)
      return desk && { live: desk.sync.state === 'live', seq: desk.sync.last, crossedSince: desk.guard.crossedSince }
    },
    accept(item) {
      now = Math.max(now, item.tsLocal)
      switch (item.kind) {
        case 'frame':
          frame(item.connection, item.data)
          break
        case 'instruments':
          for (const instrument of item.instruments) define(instrument)
          break
        case 'open':
          open(item.connection, item.streams)
          break
        case 'close': {
          const known = connections.get(item.connection)
          connections.delete(item.connection)
          for (const id of known?.channels.keys() ?? []) desks.get(id)!.close(item.connection, item.reason, now)
          break
        }
        case 'response':
          answers.respond(item.symbol, item.data, now)
          break
        case 'refill':
          answers.refill(item.symbol, item.data, now)
          break
        case 'verdict':
          desks.get(item.instrument)?.verdict(item.status, item.channel, item.reason, now, item.connection)
          break
        case 'promote':
          for (const id of connections.get(item.connection)?.channels.keys() ?? []) desks.get(id)!.promote(item.connection, now)
          releaseIdle()
          break
      }
    },
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 200) : 'not an error')

