import { faultKinds, type FaultKind } from '@rxlob/testkit/venues'
import type { FeedName } from './rig.ts'

/** What a fault of a kind has to lead to: `tells`: an event or a count says that something is wrong; `absorbs`: nothing is wrong for a reader. */
export type Consequence = 'tells' | 'absorbs'

const absorbed: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'duplicate', 'delay', 'proto-key', 'deep-nesting', 'fragments', 'empty-fragments', 'unknown-type', 'mid-snapshot', 'clock-step',
  'early-close', 'shutdown', 'halt', 'no-pong', 'stall-all', 'half-open',
  // Nobody asks while all is well: they show where a fault before them makes a client ask.
  'stale-snapshot', 'future-snapshot', 'other-symbol-snapshot', 'partial-snapshot', 'slow-body', 'redirect', 'server-error', 'forbidden', 'too-many', 'banned',
  'silent-subscription', 'refused-subscription',
  // Lost trades are fetched again: what is missing without a word fails the watch.
  'hidden-trade',
])

/** Whether a reader of the feed must be told. */
export const consequenceOf = (kind: FaultKind): Consequence => (absorbed.has(kind) ? 'absorbs' : 'tells')

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
