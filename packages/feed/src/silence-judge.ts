import type { Micros } from '@rxlob/core'
import type { BookAuditor } from './book-auditor.js'
import type { FeedCore } from './feed-core.js'
import type { FeedDiagnostics } from './feed-diagnostics.js'
import type { Stream } from './live-source-spec.js'
import type { MarketStates } from './market-states.js'
import type { SilenceWatch } from './silence-watch.js'
import type { SnapshotFetcher } from './snapshot-fetcher.js'

export interface SilenceJudgeOptions {
  readonly watch: SilenceWatch
  readonly states: MarketStates | undefined
  readonly auditor: BookAuditor | undefined
  readonly fetcher: SnapshotFetcher | undefined
  /** Every message of a connection is numbered: a silence cannot have swallowed one. */
  readonly counted: boolean
  readonly note: FeedDiagnostics['note']
  book(symbol: string): ReturnType<FeedCore['book']>
  /** The stream is broken. */
  stale(stream: Stream, reason: string): void
  stopped(): boolean
}

/** Finds out why a stream is silent before it is called broken: a halted market, a quiet one, or one that goes on without us. */
export interface SilenceJudge {
  /** It says nothing for longer than it ever does. */
  suspect(stream: Stream, silentMicros: Micros): void
  /** It spoke again after a silence that is not its way. */
  lull(stream: Stream, silentMicros: Micros): void
  /** A snapshot of the symbol came; `seq` reads its number. */
  answered(symbol: string, seq: () => number | undefined): void
}

export function silenceJudge({ watch, states, auditor, fetcher, counted, note, book: bookOf, stale, stopped }: SilenceJudgeOptions): SilenceJudge {
  /** Books whose silence is being looked into: their number when it began. */
  const probes = new Map<string, { readonly stream: Stream; readonly seq: number | undefined }>()

  function judge(stream: Stream, silentMicros: Micros): void {
    const book = bookOf(stream.symbol)
    // A second opinion before a quiet market is called broken.
    if (stream.channel !== 'trades' && stream.channel !== 'quotes' && fetcher !== undefined && book?.live && book.seq !== undefined) {
      probes.set(stream.symbol, { stream, seq: book.seq })
      fetcher.want(stream.symbol, 0)
    } else if (stream.channel !== 'trades' && stream.channel !== 'quotes' && auditor !== undefined && book?.live) auditor.silent(stream)
    else stale(stream, `silent for ${Math.round(silentMicros / 1000)} ms`)
  }

  return {
    suspect(stream, silentMicros) {
      note('silent', { stream: stream.name, silentMicros })
      if (states === undefined) judge(stream, silentMicros)
      else void states.look().then(() => {
        if (stopped() || !watch.suspected(stream.name)) return
        if (states.halted(stream.symbol)) watch.excuse(stream.name)
        else judge(stream, silentMicros)
      })
    },
    // Where nothing is numbered, a strange silence that ended may have swallowed something.
    lull(stream, silentMicros) {
      if (auditor === undefined || counted) return
      note('lull', { stream: stream.name, silentMicros })
      auditor.doubt(stream.symbol)
    },
    answered(symbol, seq) {
      const probe = probes.get(symbol)
      probes.delete(symbol)
      // An answer may come late: what was heard or begun again since then is judged by itself.
      if (probe === undefined || !watch.suspected(probe.stream.name)) return
      if (bookOf(symbol)?.live && seq() !== probe.seq) stale(probe.stream, 'silent while the venue goes on')
      else watch.excuse(probe.stream.name)
    },
  }
}
