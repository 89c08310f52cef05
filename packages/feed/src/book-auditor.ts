import type { Clock, Micros, Random } from '@rxlob/core'
import type { AuditVerdict } from './book-audit.js'
import type { Stream } from './live-source-spec.js'
import type { SnapshotFetcher } from './snapshot-fetcher.js'

export interface BookAuditorOptions {
  readonly clock: Clock
  readonly random: Random
  readonly fetcher: SnapshotFetcher
  /** Between two audits of a symbol, on average. Default 5 min. */
  readonly everyMicros?: Micros | undefined
  /** The venue's book is ours, or ours begins again: either way the stream has all the time it needs. */
  excuse(stream: Stream): void
}

/** Says when the book of a symbol is compared with the venue's: now and then, and at once where something was strange. */
export interface BookAuditor {
  /** Audits the symbol from now on. */
  follow(symbol: string): void
  /** The stream is silent: has the market moved? */
  silent(stream: Stream): void
  /** The symbol's stream spoke after a silence that is not its way: something may have been lost in it. */
  doubt(symbol: string): void
  found(symbol: string, verdict: AuditVerdict): void
  stop(): void
}

const auditMicros = 300_000_000
/** Between the two looks of an audit: longer than a venue caches its answers. */
const lookAgainMicros = 5_000_000
/** The same where there is reason to doubt: an answer out of a cache is told by its time. */
const doubtedMicros = 2_000_000

export function bookAuditor({ clock, random, fetcher, everyMicros = auditMicros, excuse }: BookAuditorOptions): BookAuditor {
  const silent = new Map<string, Stream>()
  const doubted = new Set<string>()
  const timers = new Map<string, () => void>()

  /** Every symbol at its own time, so that the venue is not asked for all books at once. */
  function follow(symbol: string): void {
    timers.set(symbol, clock.after(Math.round(everyMicros * (0.5 + random())), () => {
      fetcher.want(symbol, 0)
      follow(symbol)
    }))
  }
  function doubt(symbol: string): void {
    doubted.add(symbol)
    fetcher.want(symbol, 0)
  }

  return {
    follow,
    doubt,
    silent(stream) {
      silent.set(stream.symbol, stream)
      doubt(stream.symbol)
    },
    found(symbol, verdict) {
      if (verdict === 'look again') {
        fetcher.want(symbol, doubted.has(symbol) ? doubtedMicros : lookAgainMicros)
        return
      }
      const stream = silent.get(symbol)
      silent.delete(symbol)
      doubted.delete(symbol)
      if (stream !== undefined) excuse(stream)
    },
    stop() {
      fetcher.stop()
      for (const cancel of timers.values()) cancel()
    },
  }
}
