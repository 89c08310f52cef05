import type { OperatorFunction } from 'rxjs'
import type { EventBatch } from '../batch/event-batch.js'
import { SlabRow, type FeatureRow, type RowShape } from '../batch/feature-row.js'
import type { BookTracker } from '../book/book-tracker.js'
import { instrumentTrackers } from '../book/instrument-trackers.js'
import type { Feature, NameOf, Sampler } from '../contracts/feature.js'
import type { MarketEvent } from '../events.js'
import { columnsOf } from '../features/columns-of.js'
import { featurePanel, type FeaturePanel } from '../features/feature-panel.js'
import { operate } from './operate.js'

const slabRows = 256

interface Kept<Name extends string> {
  readonly panel: FeaturePanel
  /** The one that is lent. */
  readonly lent: SlabRow<Name>
  rows: number
  windowEpoch: number
}

export interface FeaturesOptions {
  /** Which ticks become rows. Default every one. */
  readonly sample?: Sampler
  /**
   * One row an instrument, lent for the call and written anew at the next event: nothing is allocated and nothing copied. Only for readers that take their numbers
   * at once; whatever keeps rows (`pairwise()`, `bufferCount()`, `predict()`, a store) needs rows of its own. Default false.
   */
  readonly lend?: boolean
}

/**
 * Books and features in one step, no copies of the book: the one to use. Takes `events()`, `frames()`, or the `ticks()` of a live source.
 * Emits one row for each snapshot, delta, trade and order event (or those that the sampler takes), synced or not.
 *
 * @throws {LobError} LOB_BAD_OPTION at once for an empty list or a column that comes twice; LOB_DEPTH_TOO_SHALLOW in the
 * stream where the source shows fewer levels than a feature reads.
 * @example
 * events$.pipe(features([weightedMid(), ofi({ levels: 5 })])) // rows with weighted_mid and ofi_5
 */
export function features<const F extends readonly Feature[]>(
  list: F,
  options: FeaturesOptions = {},
): OperatorFunction<MarketEvent | EventBatch | BookTracker, FeatureRow<NameOf<F[number]>>> {
  const { sample, lend = false } = options
  const columns = columnsOf(list).map((column) => column.name)
  const width = columns.length
  const shape: RowShape<NameOf<F[number]>> = {
    columns,
    fingerprints: list.map((feature) => feature.fingerprint),
    sampler: sample?.name ?? 'every_event',
    positions: new Map(columns.map((name, position) => [name, position])),
  }
  return operate((subscriber) => {
    const trackers = instrumentTrackers((tracker): Kept<NameOf<F[number]>> => {
      const panel = featurePanel(list, tracker, sample)
      return { panel, lent: new SlabRow(shape, tracker.instrument.id, 0, NaN, NaN, false, panel.row, 0), rows: 0, windowEpoch: tracker.windowEpoch }
    })
    let slab = new Float64Array(lend ? 0 : slabRows * width)
    let offset = 0
    // One function for all events, not one an event.
    const emitOwn = (tracker: BookTracker, kept: Kept<NameOf<F[number]>>): void => {
      if (!kept.panel.step(slab, offset)) return
      const row = new SlabRow(shape, tracker.instrument.id, kept.rows++, tracker.tsExchange, tracker.tsLocal, breakBefore(tracker, kept), slab, offset)
      offset += width
      if (offset === slab.length) {
        slab = new Float64Array(slabRows * width)
        offset = 0
      }
      subscriber.next(row)
    }
    const emitLent = (tracker: BookTracker, kept: Kept<NameOf<F[number]>>): void => {
      if (!kept.panel.advance()) return
      const { lent } = kept
      lent.row = kept.rows++
      lent.tsExchange = tracker.tsExchange
      lent.tsLocal = tracker.tsLocal
      lent.afterBreak = breakBefore(tracker, kept)
      subscriber.next(lent)
    }
    const onEvent = lend ? emitLent : emitOwn
    return { next: (input) => trackers.accept(input, onEvent) }
  })
}

/** Whether a break lies between the last row and this one. */
function breakBefore(tracker: BookTracker, kept: Kept<string>): boolean {
  const broken = kept.windowEpoch !== tracker.windowEpoch
  kept.windowEpoch = tracker.windowEpoch
  return broken
}
