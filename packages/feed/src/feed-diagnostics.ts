import { channel } from 'node:diagnostics_channel'
import type { FeedCounts } from './feed-counts.js'

/** What is published on the diagnostics channel `rxlob:feed`. Counts are live: copy to keep. */
export interface FeedDiagnostic {
  readonly source: string
  /** `open`, `close`, `silent`, `snapshot wanted`, `snapshot failed`, `trades wanted`, `refill failed`, `restart wanted`, `audit failed`, `metadata failed`, `states failed`, `unread`, `stopped`. */
  readonly what: string
  readonly counts: Readonly<FeedCounts>
  readonly note: Readonly<Record<string, unknown>>
}

const feedChannel = channel('rxlob:feed')

export interface FeedDiagnostics {
  note(what: string, note?: Readonly<Record<string, unknown>>): void
  stop(): void
}

/** Tells whoever listens on `node:diagnostics_channel` `rxlob:feed`. Costs nothing while nobody does. */
export function feedDiagnostics(source: string, counts: FeedCounts): FeedDiagnostics {
  const note = (what: string, more: Readonly<Record<string, unknown>> = {}): void => {
    if (feedChannel.hasSubscribers) feedChannel.publish({ source, what, counts, note: more } satisfies FeedDiagnostic)
  }
  return { note, stop: () => note('stopped') }
}
