import type { MarketEvent, Micros } from '@rxlob/core'
import type { FeedCounts } from './feed-counts.js'
import type { MissingRange, Sequencer } from './sequencer.js'
import type { Pending } from './snapshot-sync.js'

export interface TradeChannelOptions<Raw> {
  readonly sequencer: Sequencer<Raw> | undefined
  readonly counts: FeedCounts
  emit(event: MarketEvent): void
  /** These trades will not come any more. */
  gap(missing: MissingRange, tsLocal: Micros): void
  /** Asks for what is missing; left out where nobody can. */
  refill?: ((missing: Required<MissingRange>) => void) | undefined
  /** Trades kept while the missing ones are fetched. Default 10,000. */
  readonly maxHeld?: number
}

/** The trades of one instrument, each once and in their order. */
export interface TradeChannel<Raw> {
  message(pending: Pending<Raw>, tsLocal: Micros): void
  /** What was asked for, or a part of it, oldest first. */
  refilled(trades: readonly Pending<Raw>[], tsLocal: Micros): void
  /** Nothing will come of what was asked for. */
  giveUp(tsLocal: Micros): void
}

/** Answers that may be needed for one hole: each holds a thousand trades. */
const maxAnswers = 10

/**
 * Every trade is checked. A hole is filled by asking the venue for the trades in it, while later ones wait: nothing is out of order and
 * nothing comes twice. What cannot be had is told as a gap with its range, and the trades go on behind it.
 */
export function tradeChannel<Raw>(options: TradeChannelOptions<Raw>): TradeChannel<Raw> {
  const { sequencer, counts, emit, maxHeld = 10_000 } = options
  /** Trades behind the hole, the one that showed it first; undefined while nothing is missing. */
  let held: Pending<Raw>[] | undefined
  let answers = 0

  /** True where the trade shows a hole that may be filled: it waits. */
  function take(pending: Pending<Raw>, tsLocal: Micros, mayAsk: boolean): boolean {
    const { raw, events } = pending
    const verdict = raw === undefined ? 'apply' : (sequencer?.check(raw) ?? 'apply')
    if (verdict === 'drop') {
      counts.stale++
      return false
    }
    if (verdict === 'resync') {
      const missing = sequencer!.missing?.(raw!) ?? {}
      const { fromSeq, toSeq } = missing
      if (mayAsk && options.refill !== undefined && fromSeq !== undefined && toSeq !== undefined) {
        options.refill({ fromSeq, toSeq })
        return true
      }
      counts.gaps++
      options.gap(missing, tsLocal)
      // What a message without trades (a heartbeat) shows to be missing was told; the count goes on behind it.
      const last = events.at(-1)?.seq ?? toSeq
      if (last !== undefined) sequencer!.reset(last)
    }
    counts.applied++
    pass(events, tsLocal)
    return false
  }

  function pass(events: readonly MarketEvent[], tsLocal: Micros): void {
    for (const event of events) emit(event.tsLocal === tsLocal ? event : { ...event, tsLocal })
  }

  /** The trades that waited, until one of them shows a hole again. */
  function goOn(tsLocal: Micros, mayAsk: boolean): void {
    const waiting = held ?? []
    held = undefined
    for (const [at, pending] of waiting.entries()) {
      // Only the first may give up: a hole behind it is another one.
      if (!take(pending, tsLocal, mayAsk || at > 0)) continue
      held = waiting.slice(at)
      answers = at > 0 ? 0 : answers
      return
    }
    answers = 0
  }

  return {
    message(pending, tsLocal) {
      if (held === undefined) {
        if (take(pending, tsLocal, true)) held = [pending]
        return
      }
      held.push(pending)
      if (held.length <= maxHeld) return
      counts.overflows++
      goOn(tsLocal, false)
    },
    refilled(trades, tsLocal) {
      if (held === undefined) return
      let found = 0
      for (const { raw, events } of trades) {
        // A trade that leaves a hole before it has not been asked for yet.
        if (raw === undefined || sequencer!.check(raw) !== 'apply') continue
        found++
        counts.applied++
        counts.refilled++
        pass(events, tsLocal)
      }
      answers++
      goOn(tsLocal, found > 0 && answers < maxAnswers)
    },
    giveUp(tsLocal) {
      if (held !== undefined) goOn(tsLocal, false)
    },
  }
}
