import { batchesOf, BookTracker, type Source } from '@rxlob/core'
import type { BookHeatmapValues } from '@rxlob/plots'
import { bookLooks } from './book-looks.ts'

/** What one look at every event tells about a day's book. */
export interface BookSummary {
  /** Venue messages: every event but the opening snapshot. */
  readonly events: number
  /** First and last event, microseconds UTC. */
  readonly from: number
  readonly to: number
  readonly tickSize: number
  readonly crossed: number
  /** Weighted by time, in ticks. */
  readonly meanSpreadTicks: number
  readonly trades: number
  readonly tradedLots: number
  readonly counts: BookTracker['counts']
  readonly heatmap: BookHeatmapValues | undefined
  /** Between `zoomFrom` and `zoomTo`; undefined where the day has nothing there. */
  readonly heatmapZoom: BookHeatmapValues | undefined
}

export interface BookSummaryOptions {
  /** Levels per side to look at. */
  readonly levels: number
  /** The close look, microseconds UTC. */
  readonly zoomFrom: number
  readonly zoomTo: number
}

/** Replays a source once through a book. */
export async function summariseBook(source: Source, { levels, zoomFrom, zoomTo }: BookSummaryOptions, onProgress: (tsLocal: number) => void): Promise<BookSummary> {
  const looks = bookLooks(levels)
  const zoom = bookLooks(levels)
  let tracker: BookTracker | undefined
  let events = 0
  let from = NaN
  let trades = 0
  let tradedLots = 0
  let spreadTime = 0
  let spreadArea = 0

  for await (const batch of batchesOf(source)) {
    tracker ??= new BookTracker(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length; ) {
      const { book } = tracker
      const spread = book.askTicks(0) - book.bidTicks(0)
      const elapsed = batch.tsLocal[row]! - tracker.tsLocal
      if (spread > 0 && elapsed > 0) {
        spreadTime += elapsed
        spreadArea += elapsed * spread
      }
      row = tracker.applyRows(batch, row)
      if (Number.isNaN(from)) from = tracker.tsLocal
      if (tracker.kind !== 'snapshot') events++
      if (tracker.tradePrint === 'regular' || tracker.tradePrint === 'hidden') {
        trades++
        tradedLots += tracker.tradeSize
      }
      looks.take(tracker)
      if (tracker.tsLocal >= zoomFrom && tracker.tsLocal < zoomTo) zoom.take(tracker)
    }
    onProgress(tracker.tsLocal)
  }
  if (tracker === undefined) throw new Error(`${source.name} gave no event.`)
  const { counts, instrument, tsLocal: to } = tracker
  return { events, from, to, tickSize: instrument.tickSize, crossed: counts.crossed, meanSpreadTicks: spreadArea / spreadTime, trades, tradedLots, counts, heatmap: looks.heatmap(), heatmapZoom: zoom.heatmap() }
}
