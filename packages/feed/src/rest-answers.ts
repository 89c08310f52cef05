import { LobError, type BookSnapshot, type Micros } from '@rxlob/core'
import { bookAudit, type BookAudit } from './book-audit.js'
import type { FeedCounts } from './feed-counts.js'
import type { FeedWishes } from './feed-wishes.js'
import type { InstrumentDesk } from './instrument-desk.js'
import type { LiveSourceSpec, Normalizer } from './live-source-spec.js'
import type { Pending } from './snapshot-sync.js'

export interface RestAnswersOptions<Raw> {
  readonly spec: LiveSourceSpec<Raw>
  readonly normalizer: Normalizer<Raw>
  readonly counts: FeedCounts
  readonly wishes: Partial<FeedWishes>
  /** The desk of a symbol that is known. */
  desk(symbol: string): InstrumentDesk<Raw> | undefined
  /** A REST book as a message. */
  decode(body: Uint8Array, symbol: string): Raw
}

/** Takes what the venue's REST interface said about one symbol to its desk. */
export interface RestAnswers {
  /** A book: the snapshot that was asked for, or the second opinion of an audit. */
  respond(symbol: string, data: Uint8Array, now: Micros): void
  /** Trades that were lost. */
  refill(symbol: string, data: Uint8Array, now: Micros): void
}

export function restAnswers<Raw>({ spec, normalizer, counts, wishes, desk: deskOf, decode }: RestAnswersOptions<Raw>): RestAnswers {
  const audits = new Map<string, BookAudit>()

  function audit(desk: InstrumentDesk<Raw>, symbol: string, told: BookSnapshot, now: Micros): void {
    const known = audits.get(symbol) ?? bookAudit()
    audits.set(symbol, known)
    if (desk.sync.state !== 'live') {
      known.forget()
      return
    }
    counts.audits++
    const verdict = known.check(desk.guard.tracker, told)
    if (verdict === 'differs') {
      counts.auditMismatches++
      desk.resync('audit mismatch', now)
    }
    wishes.audited?.(symbol, verdict)
  }

  return {
    respond(symbol, data, now) {
      const desk = deskOf(symbol)
      if (desk === undefined || (spec.snapshot ?? spec.audit) === undefined) return
      // One that was only to say whether the venue goes on, or that a restart has overtaken.
      if (spec.snapshot !== undefined && !desk.sync.awaits) return
      try {
        let event: BookSnapshot | undefined
        normalizer.normalize(decode(data, symbol), now, (each) => {
          if (each.kind === 'snapshot') event ??= each
        })
        if (event === undefined) throw new LobError('LOB_BAD_MESSAGE', `Expected a snapshot of ${symbol}, got something else.`, { stream: symbol })
        if (spec.snapshot === undefined) audit(desk, symbol, event, now)
        else desk.snapshot(event, now)
      } catch {
        counts.badMessages++
        if (spec.snapshot !== undefined) wishes.snapshot?.(desk.guard.tracker.instrument.id, symbol, 1, false)
      }
    },
    refill(symbol, data, now) {
      const desk = deskOf(symbol)
      if (desk === undefined || spec.refill === undefined) return
      const trades: Pending<Raw>[] = []
      try {
        for (const raw of spec.refill.decode(data, symbol)) {
          const events: Pending<Raw>['events'][number][] = []
          normalizer.normalize(raw, now, (event) => events.push(event))
          trades.push({ raw, events, bytes: 0 })
        }
      } catch {
        counts.badMessages++
      }
      desk.lostTrades.refilled(trades, now)
    },
  }
}
