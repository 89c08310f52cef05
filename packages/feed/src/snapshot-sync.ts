import type { MarketEvent, Micros } from '@rxlob/core'
import { catchUp } from './catch-up.js'
import type { FeedCounts } from './feed-counts.js'
import type { MissingRange, Sequencer } from './sequencer.js'

/** A message with the events it means, waiting to be applied. */
export interface Pending<Raw> {
  /** Left out where the venue does not number the book's messages one by one. */
  readonly raw: Raw | undefined
  /** Made when first read, which must not be before the message is applied: there is no snapshot among them. */
  readonly deferred?: boolean
  readonly events: readonly MarketEvent[]
  readonly bytes: number
}

export interface SnapshotSyncOptions<Raw> {
  readonly sequencer: Sequencer<Raw> | undefined
  /** Snapshots have to be asked for. Otherwise they come in the stream. */
  readonly fetched: boolean
  readonly counts: FeedCounts
  emit(event: MarketEvent, tsLocal: Micros): void
  /** The book is not valid from here on: `missing` lies between what was applied and what came. */
  gap(reason: string, missing: MissingRange, tsLocal: Micros): void
  /**
   * A snapshot is needed; `attempt` counts those that were too old, from 0. `patient`: nothing was buffered yet that could prove it
   * fresh, so it may wait for the first message (then it is asked for again) unless the market stays quiet.
   */
  want(attempt: number, patient: boolean): void
  /** A snapshot is needed, none can be asked for, and the stream brings one only when it begins. `lost`: the book was live until now. */
  stranded?(lost: boolean): void
  /** Messages kept while a snapshot is on its way. Default 10,000. */
  readonly maxMessages?: number
  /** Bytes of them. Default 32 MiB. */
  readonly maxBytes?: number
}

/** Keeps one book in step with its snapshots and its numbered messages. Pure: what it needs it asks for. */
export interface SnapshotSync<Raw> {
  /** `idle`: no connection; `waiting`: for a snapshot; `live`: every message so far was checked and applied. */
  readonly state: 'idle' | 'waiting' | 'live'
  /** Number of the last event that went out, where the venue gives one. */
  readonly last: number | undefined
  /** A snapshot was asked for and is still wanted. */
  readonly awaits: boolean
  /** Begins on a fresh connection: nothing learned before counts. */
  start(): void
  /** The connection is gone. */
  stop(): void
  message(pending: Pending<Raw>, tsLocal: Micros): void
  /** The short way for a message whose events nobody has made yet: checked and counted, or undefined where `message` must see it. */
  straight(raw: Raw, seq: number): 'apply' | 'drop' | undefined
  /** A snapshot that was asked for. */
  snapshot(event: MarketEvent, tsLocal: Micros): void
  /** The book is wrong though the numbers are right: start again. */
  resync(): void
  /** The book is valid but should be seen deeper: take another snapshot beside the running stream. */
  refresh(): void
}

/**
 * The steps of a local book, the same for every venue:
 * keep what comes, get a snapshot, drop what it covers, require the next message to continue it, check every message after.
 *
 * A snapshot older than the buffer is fetched again while the buffer is kept; one newer than the whole buffer is the book,
 * and the next message is checked against it.
 *
 * @see https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md "How to manage a local order book correctly"
 */
export function snapshotSync<Raw>(options: SnapshotSyncOptions<Raw>): SnapshotSync<Raw> {
  const { sequencer, fetched, counts, emit, maxMessages = 10_000, maxBytes = 32 * 2 ** 20 } = options
  let state: SnapshotSync<Raw>['state'] = 'idle'
  /** Kept while a snapshot is on its way; also beside a live book that is being refreshed. */
  let buffer: Pending<Raw>[] = []
  let bufferedBytes = 0
  let awaited = false
  let attempt = 0
  /** Number of the last event that went out. */
  let last = NaN
  const pursuit = catchUp()

  const lastNumber = (): number => sequencer?.last ?? last

  function ask(): void {
    awaited = true
    if (fetched) options.want(attempt, state === 'waiting' && buffer.length === 0)
  }
  function clear(): void {
    buffer = []
    bufferedBytes = 0
  }
  function wait(): void {
    state = 'waiting'
    attempt = 0
    ask()
  }
  function keep(pending: Pending<Raw>): void {
    buffer.push(pending)
    bufferedBytes += pending.bytes
    if (buffer.length <= maxMessages && bufferedBytes <= maxBytes) return
    counts.overflows++
    clear()
    attempt = 0
    // A waiting book: the snapshot on its way is older than all that is kept from here on, and will be refused as such.
    // A live one: a snapshot without the messages since it was asked for would take the book back in time.
    if (state === 'live') awaited = false
  }
  function emitAll(events: readonly MarketEvent[], tsLocal: Micros): void {
    for (const event of events) {
      if (event.seq !== undefined) last = event.seq
      emit(event, tsLocal)
    }
  }
  /** True where `pending` was applied or dropped; false where something is missing before it. */
  function pass(pending: Pending<Raw>, tsLocal: Micros): boolean {
    const verdict = sequencer === undefined || pending.raw === undefined ? 'apply' : sequencer.check(pending.raw)
    if (verdict === 'resync') return false
    if (verdict === 'drop') {
      counts.stale++
      if (pursuit.unproven) {
        const behind = sequencer!.behind?.(pending.raw as Raw) ?? NaN
        if (behind <= 0) pursuit.prove()
        else if (pursuit.lags(behind, tsLocal)) return strange(pending, tsLocal)
      }
    } else {
      pursuit.prove()
      counts.applied++
      emitAll(pending.events, tsLocal)
    }
    return true
  }
  /** The stream goes on and does not catch up with the snapshot: that is of another symbol, or from another time. A stream that only lags gets its time when asked again. */
  function strange(pending: Pending<Raw>, tsLocal: Micros): true {
    pursuit.refuse()
    counts.resyncs++
    clear()
    options.gap('snapshot ahead of its stream', {}, tsLocal)
    keep(pending)
    wait()
    return true
  }
  function lose(pending: Pending<Raw>, rest: readonly Pending<Raw>[], tsLocal: Micros): void {
    const missing = sequencer!.missing?.(pending.raw as Raw) ?? {}
    counts.gaps++
    clear()
    options.gap('gap', missing, tsLocal)
    for (const each of [pending, ...rest]) keep(each)
    wait()
    if (!fetched) options.stranded?.(true)
  }
  /** A snapshot inside the stream is the book, whatever was before. */
  function inStream(pending: Pending<Raw>, tsLocal: Micros): boolean {
    if (fetched || pending.deferred) return false
    const { events } = pending
    const at = events.findIndex(({ kind }) => kind === 'snapshot')
    if (at < 0) return false
    const { seq } = events[at]!
    if (seq !== undefined && seq < last) {
      counts.stale++
      return true
    }
    if (seq !== undefined) sequencer?.reset(seq)
    counts.snapshots++
    counts.applied++
    state = 'live'
    awaited = false
    emitAll(events.slice(at), tsLocal)
    return true
  }

  return {
    get state() {
      return state
    },
    get last() {
      const number = lastNumber()
      return Number.isNaN(number) ? undefined : number
    },
    get awaits() {
      return awaited
    },
    start() {
      clear()
      last = NaN
      sequencer?.reset(NaN)
      wait()
    },
    stop() {
      clear()
      state = 'idle'
      awaited = false
    },
    message(pending, tsLocal) {
      if (state === 'idle' || inStream(pending, tsLocal)) return
      if (state === 'waiting') {
        counts.waited++
        if (!fetched) {
          options.stranded?.(false)
          return
        }
        keep(pending)
        if (buffer.length === 1) ask()
        return
      }
      if (!pass(pending, tsLocal)) lose(pending, [], tsLocal)
      // `pass` may have led to a resync (a crossed book): then the snapshot to come covers this message or it is checked again.
      else if (awaited && fetched && buffer.at(-1) !== pending) keep(pending)
    },
    straight(raw, seq) {
      if (state !== 'live' || awaited || sequencer === undefined) return undefined
      const verdict = sequencer.check(raw)
      // Whether a stream catches up with its snapshot is a question of time.
      if (verdict === 'resync' || (verdict === 'drop' && pursuit.unproven)) return undefined
      if (verdict === 'drop') counts.stale++
      else {
        pursuit.prove()
        counts.applied++
        last = seq
      }
      return verdict
    },
    snapshot(event, tsLocal) {
      if (!awaited) return
      const held = lastNumber()
      sequencer?.reset(event.seq ?? NaN)
      let first = 0
      let verdict: 'apply' | 'drop' | 'resync' = 'drop'
      while (first < buffer.length && (verdict = check(buffer[first]!)) === 'drop') first++
      if (first === buffer.length && state === 'live' && event.seq! < held) verdict = 'resync'
      if (verdict === 'resync') {
        counts.oldSnapshots++
        attempt++
        // A live book goes on from where it was: the numbers of its last message, not of the refused snapshot.
        if (state === 'live') sequencer?.reset(held)
        ask()
        return
      }
      counts.snapshots++
      counts.stale += first
      const rest = buffer.slice(first)
      clear()
      awaited = false
      state = 'live'
      pursuit.begin(sequencer !== undefined && event.seq !== undefined)
      emitAll([event], tsLocal)
      for (let i = 0; i < rest.length; i++) {
        if (i === 0 && verdict === 'apply') {
          counts.applied++
          pursuit.prove()
          emitAll(rest[0]!.events, tsLocal)
        } else if (!pass(rest[i]!, tsLocal)) {
          lose(rest[i]!, rest.slice(i + 1), tsLocal)
          return
        }
        // The book turned out wrong on the way: what is left waits for the next snapshot.
        if (state !== 'live') {
          for (const each of rest.slice(i + 1)) keep(each)
          return
        }
      }
    },
    resync() {
      if (state === 'idle') return
      const lost = state === 'live'
      clear()
      wait()
      if (!fetched) options.stranded?.(lost)
    },
    refresh() {
      if (state !== 'live' || awaited || !fetched) return
      clear()
      attempt = 0
      ask()
    },
  }

  function check(pending: Pending<Raw>): 'apply' | 'drop' | 'resync' {
    return sequencer === undefined || pending.raw === undefined ? 'apply' : sequencer.check(pending.raw)
  }
}
