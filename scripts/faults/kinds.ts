import { faultKinds, type FaultKind } from '@rxlob/testkit/venues'
import type { FeedName } from './rig.ts'

/**
 * What a fault of a kind has to lead to: `tells`: an event or a count says that something is wrong; `absorbs`: nothing is wrong for a reader;
 * `hides`: nothing that the venue sends can show it, so that it heals by itself or an audit finds it in time, which the watch demands.
 */
export type Consequence = 'tells' | 'absorbs' | 'hides'

const absorbed: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'duplicate', 'delay', 'proto-key', 'deep-nesting', 'fragments', 'empty-fragments', 'unknown-type', 'mid-snapshot', 'clock-step',
  'early-close', 'shutdown', 'halt', 'no-pong', 'stall-all', 'half-open',
  // Nobody asks while all is well: they show where a fault before them makes a client ask.
  'stale-snapshot', 'future-snapshot', 'other-symbol-snapshot', 'partial-snapshot', 'slow-body', 'redirect', 'server-error', 'forbidden', 'too-many', 'banned',
  'silent-subscription', 'refused-subscription',
  // Lost trades are fetched again: what is missing without a word fails the watch.
  'hidden-trade',
])

/** What `level2_batch` cannot show, its messages carrying no numbers. */
const hidden: ReadonlySet<FaultKind> = new Set<FaultKind>(['drop', 'reorder'])
/** Coinbase writes its numbers as JSON numbers in some places and as digits in others: digits are read as the number they are, exactly. */
const digitsAreNumbers: ReadonlySet<FeedName> = new Set<FeedName>(['level2_batch', 'full', 'advanced'])

/** Whether a reader of the feed must be told. */
export function consequenceOf(kind: FaultKind, feed: FeedName): Consequence {
  if (feed === 'level2_batch' && hidden.has(kind)) return 'hides'
  return absorbed.has(kind) || (kind === 'number-as-text' && digitsAreNumbers.has(feed)) ? 'absorbs' : 'tells'
}

/** Book messages of `level2_batch` hold no JSON number, those of `full` no list: a fault of these changes nothing. */
const missed: Readonly<Partial<Record<FeedName, readonly FaultKind[]>>> = { level2_batch: ['number-as-text', 'huge-number'], full: ['wrong-type'] }

/** Whether there is anything in a book message of the feed for the fault to change. */
export const hits = (kind: FaultKind, feed: FeedName): boolean => missed[feed]?.includes(kind) !== true

const coinbaseOnly: ReadonlySet<FaultKind> = new Set<FaultKind>(['refused-subscription', 'alias-product', 'mid-snapshot'])
/** Coinbase announces nothing, and its books of levels do not come from requests. */
const requests: ReadonlySet<FaultKind> = new Set<FaultKind>(['stale-snapshot', 'future-snapshot', 'other-symbol-snapshot', 'partial-snapshot', 'slow-body', 'redirect', 'server-error', 'forbidden', 'too-many', 'banned'])
/** Only a channel with a book of levels in the stream sends it again; only Advanced Trade counts. */
const withSnapshots: ReadonlySet<FeedName> = new Set<FeedName>(['level2_batch', 'advanced'])

/** The kinds that can happen to a feed. */
export function kindsOf(feed: FeedName): readonly FaultKind[] {
  return (Object.keys(faultKinds) as FaultKind[]).filter((kind) => {
    if (kind === 'alias-product') return false
    if (kind === 'counter-gap') return feed === 'advanced'
    if (kind === 'mid-snapshot') return withSnapshots.has(feed)
    if (coinbaseOnly.has(kind)) return feed === 'level2_batch' || feed === 'full' || feed === 'advanced'
    if (kind === 'hidden-trade') return feed !== 'full'
    return !requests.has(kind) || !withSnapshots.has(feed)
  })
}
