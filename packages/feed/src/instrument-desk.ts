import type { BookTracker, Channel, EventBatch, EventHeader, FeedStatus, MarketEvent, Micros, StatusName } from '@rxlob/core'
import { bookGuard, type BookGuard, type GuardVerdict, type InstrumentDefinition } from './book-guard.js'
import type { FeedCounts } from './feed-counts.js'
import { holdingGrid } from './holding-grid.js'
import { lentBatch } from './lent-batch.js'
import type { ScannedFrame } from './live-source-spec.js'
import type { MissingRange, Sequencer } from './sequencer.js'
import { snapshotSync, type Pending, type SnapshotSync } from './snapshot-sync.js'
import { takeover, type Takeover } from './takeover.js'
import { tradeChannel, type TradeChannel } from './trade-channel.js'

export interface InstrumentDeskOptions<Raw> {
  readonly instrument: InstrumentDefinition
  readonly book: Sequencer<Raw> | undefined
  readonly trades: Sequencer<Raw> | undefined
  /** Snapshots are fetched by REST. */
  readonly fetched: boolean
  /** Trades are fills of the book's own messages (level 3): what is lost of the one is lost of the other. */
  readonly fills: boolean
  readonly counts: FeedCounts
  emit(event: MarketEvent): void
  /** Asks for lost trades; left out where nobody can. */
  refill?: ((missing: Required<MissingRange>) => void) | undefined
  wantSnapshot(attempt: number, patient: boolean): void
  /** The book needs a snapshot that only a stream that begins again will bring; `lost`: it was live until now. */
  wantRestart(lost: boolean): void
  /** Takes the events that come as rows, lent for the call; left out where nobody scans. */
  columns?: ((batch: EventBatch) => void) | undefined
  /** Takes the guard's book, lent for the call, after each event, in place of the event and its rows. */
  ticks?: ((book: BookTracker) => void) | undefined
  /** The metadata changed, the venue's or the grid. */
  defined(instrument: InstrumentDefinition): void
  /** The book became crossed: look again when its time is up. */
  wantRecheck(): void
}

/** What a status may say beside its name. */
type StatusNote = Partial<Pick<FeedStatus, 'fromSeq' | 'toSeq' | 'count' | 'reason'>>

/** All that is known of one instrument. What happens at one desk is never felt at another. */
export interface InstrumentDesk<Raw> {
  readonly guard: BookGuard
  readonly sync: SnapshotSync<Raw>
  readonly lostTrades: Pick<TradeChannel<Raw>, 'refilled' | 'giveUp'>
  readonly connections: { readonly book: Takeover<Raw>; readonly trades: Takeover<Raw> }
  book(connection: number, pending: Pending<Raw>, tsLocal: Micros): void
  /** The short way for a scanned message; false where it must be parsed. */
  scanned(connection: number, frame: ScannedFrame<Raw>, tsLocal: Micros): boolean
  trades(connection: number, pending: Pending<Raw>, tsLocal: Micros): void
  snapshot(event: MarketEvent, tsLocal: Micros): void
  /** New metadata: emitted, and the book starts again where it differs. */
  define(instrument: InstrumentDefinition, tsLocal: Micros): void
  open(connection: number, channels: ReadonlySet<string>, tsLocal: Micros): void
  close(connection: number, reason: string, tsLocal: Micros): void
  promote(connection: number, tsLocal: Micros): void
  /** Something a timer found out, or a connection was told. */
  verdict(status: StatusName, channel: Channel, reason: string, tsLocal: Micros, connection?: number): void
  /** The book is not to be believed any more. */
  resync(reason: string, tsLocal: Micros): void
}

const bookAndTrades = ['trades', 'book'] as const

/** Opens the desk of one instrument. Pure: events go out, wishes are told. */
export function instrumentDesk<Raw>(options: InstrumentDeskOptions<Raw>): InstrumentDesk<Raw> {
  const { counts, ticks } = options
  let { instrument } = options
  const guard = bookGuard(instrument, { counts })
  /** Every event goes out here, after the guard took it in. */
  const emit = ticks === undefined ? options.emit : () => ticks(guard.tracker)
  let lent = lentBatch(instrument.definition, instrument.levels)
  /** The book's stream was called silent: nothing is live until another connection carries it, or it speaks after all. */
  let silenced = false
  const connections = { book: takeover<Raw>(), trades: takeover<Raw>() }
  const sync = snapshotSync<Raw>({
    sequencer: options.book,
    fetched: options.fetched,
    counts,
    emit: emitBook,
    gap: (reason, missing, tsLocal) => emitStatus('gap', 'book', tsLocal, { ...missing, reason }),
    want: (attempt, patient) => options.wantSnapshot(attempt, patient),
    stranded: (lost) => options.wantRestart(lost),
  })

  const trades = tradeChannel<Raw>({
    sequencer: options.trades,
    counts,
    emit(event) {
      // Trades touch no level: the guard need not see them, but readers of its book do.
      if (ticks !== undefined) guard.tracker.apply(event)
      emit(event)
    },
    refill: options.refill,
    gap(missing, tsLocal) {
      const { fromSeq, toSeq } = missing
      emitStatus('gap', 'trades', tsLocal, { ...missing, ...(fromSeq !== undefined && toSeq !== undefined && { count: toSeq - fromSeq + 1 }), reason: 'gap' })
    },
  })

  const header = (tsLocal: Micros): EventHeader => ({ instrument: instrument.definition.id, tsExchange: tsLocal, tsLocal })

  function emitStatus(status: StatusName, channel: Channel, tsLocal: Micros, note: StatusNote = {}): void {
    const event: FeedStatus = { kind: 'status', ...header(tsLocal), status, channel: options.fills && channel === 'book' ? 'all' : channel, ...note }
    guard.observe(event)
    emit(event)
  }

  function emitBook(event: MarketEvent, tsLocal: Micros): void {
    // A message that waited for its snapshot is known from now on, not from when it came.
    const released = event.tsLocal === tsLocal ? event : { ...event, tsLocal }
    const verdict = guard.observe(released)
    if (verdict !== 'off-grid') {
      emit(released)
      heed(verdict, tsLocal)
    } else if (!refined(released, tsLocal)) resync('off-grid', tsLocal)
  }

  /** A finer grid that holds the event: a snapshot is the book on it, a difference waits for one. */
  function refined(event: MarketEvent, tsLocal: Micros): boolean {
    const definition = holdingGrid(instrument.definition, event)
    if (definition === undefined) return false
    define({ definition, levels: instrument.levels }, tsLocal)
    if (event.kind !== 'snapshot') {
      sync.resync()
      return true
    }
    const verdict = guard.observe(event)
    emit(event)
    heed(verdict, tsLocal)
    return true
  }

  function define(next: InstrumentDefinition, tsLocal: Micros): void {
    instrument = next
    lent = lentBatch(next.definition, next.levels)
    options.defined(next)
    const event: MarketEvent = { kind: 'instrument', ...header(tsLocal), definition: next.definition, levels: next.levels }
    guard.observe(event)
    emit(event)
  }

  function heed(verdict: GuardVerdict, tsLocal: Micros): void {
    if (verdict === 'fine') {
      if (guard.shallow) sync.refresh()
    } else if (verdict === 'crossed') {
      emitStatus('crossed', 'book', tsLocal)
      options.wantRecheck()
    } else resync(verdict === 'off-grid' ? verdict : verdict.resync, tsLocal)
  }

  function resync(reason: string, tsLocal: Micros): void {
    if (sync.state === 'idle') return
    counts.resyncs++
    emitStatus('gap', 'book', tsLocal, { reason })
    sync.resync()
  }

  function join(channel: 'book' | 'trades', tsLocal: Micros): void {
    const side = connections[channel]
    if (side.standby === undefined || (channel === 'book' && sync.state !== 'live')) return
    const joined = side.join(options[channel])
    if (joined === undefined) return
    counts.handovers++
    pass(channel, joined, tsLocal)
  }

  function promoteOn(channel: 'book' | 'trades', tsLocal: Micros): void {
    const rest = connections[channel].promote()
    counts.handovers++
    if (channel === 'book' && sync.state !== 'live') sync.start()
    pass(channel, rest, tsLocal)
  }

  /** What nobody carries any more. */
  function leave(lost: readonly ('book' | 'trades')[], reason: string, tsLocal: Micros): void {
    if (lost.includes('book')) sync.stop()
    if (lost.length > 0) emitStatus('disconnected', lost.length > 1 ? 'all' : lost[0]!, tsLocal, { reason })
  }

  /** A snapshot of a stream that was refused would be a book that never moves. One that lives has another connection, which was not. */
  function refused(channel: Channel, connection: number | undefined): void {
    const heard = (each: 'book' | 'trades'): boolean => connection === undefined || connections[each].refuse(connection)
    if (channel !== 'book') heard('trades')
    if (channel !== 'trades' && heard('book') && sync.state !== 'live') sync.stop()
  }

  function pass(channel: 'book' | 'trades', messages: readonly Pending<Raw>[], tsLocal: Micros): void {
    for (const pending of messages) {
      if (channel === 'book') sync.message(pending, tsLocal)
      else trades.message(pending, tsLocal)
    }
  }

  return {
    guard,
    sync,
    lostTrades: trades,
    connections,
    resync,
    book(connection, pending, tsLocal) {
      if (connections.book.hears(connection, pending)) {
        if (silenced && sync.state === 'idle') sync.start()
        silenced = false
        sync.message(pending, tsLocal)
      }
      join('book', tsLocal)
    },
    scanned(connection, frame, tsLocal) {
      const { book } = connections
      if (book.primary !== connection || book.standby !== undefined) return false
      const verdict = sync.straight(frame.raw, frame.seq)
      if (verdict !== 'apply') return verdict === 'drop'
      const found = guard.observeLevels(frame.levels, frame.tsExchange, tsLocal, frame.seq)
      if (ticks === undefined) options.columns!(lent.delta(frame, tsLocal))
      else ticks(guard.tracker)
      heed(found, tsLocal)
      return true
    },
    trades(connection, pending, tsLocal) {
      if (connections.trades.hears(connection, pending)) trades.message(pending, tsLocal)
      join('trades', tsLocal)
    },
    snapshot(event, tsLocal) {
      sync.snapshot(event, tsLocal)
    },
    define(next, tsLocal) {
      const before = guard.tracker.bookEpoch
      define(next, tsLocal)
      if (guard.tracker.bookEpoch !== before && sync.state !== 'idle') sync.resync()
    },
    open(connection, channels, tsLocal) {
      const heard: Channel[] = []
      if (channels.has('trades') && connections.trades.open(connection)) heard.push('trades')
      if (channels.has('book')) {
        silenced = false
        if (connections.book.open(connection)) {
          heard.push('book')
          sync.start()
        } else if (sync.state !== 'live') promoteOn('book', tsLocal)
      }
      if (heard.length > 0) emitStatus('connected', heard.length > 1 ? 'all' : heard[0]!, tsLocal)
    },
    close(connection, reason, tsLocal) {
      leave(bookAndTrades.filter((channel) => {
        const left = connections[channel].close(connection)
        if (left === 'promoted') promoteOn(channel, tsLocal)
        return left === 'lost'
      }), reason, tsLocal)
    },
    promote(connection, tsLocal) {
      const taken = bookAndTrades.filter((channel) => connections[channel].standby === connection)
      for (const channel of taken) if (!connections[channel].refused) promoteOn(channel, tsLocal)
      leave(taken.filter((channel) => connections[channel].refused && connections[channel].close(connections[channel].primary!) === 'lost'), 'refused by the connection that takes over', tsLocal)
    },
    verdict(status, channel, reason, tsLocal, connection) {
      if (status === 'gap') {
        if (channel === 'trades') trades.giveUp(tsLocal)
        else resync(reason, tsLocal)
        return
      }
      if (status === 'halted' || status === 'resumed') guard.halted = status === 'halted'
      emitStatus(status, channel, tsLocal, { reason })
      if (status === 'stale' && channel !== 'trades') {
        silenced = true
        sync.stop()
      }
      else if (status === 'refused') refused(channel, connection)
    },
  }
}
