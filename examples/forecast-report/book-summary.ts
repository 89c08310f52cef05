import { batchesOf, BookTracker, type BookView, type Source } from '@rxlob/core'
import type { BookHeatmapValues } from '@rxlob/plots'

/** What one look at every event tells about a day's book. */
export interface BookSummary {
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
  readonly heatmap: BookHeatmapValues
}

const columns = 320
const rows = 64

/** Replays a source once through a book, and looks at it at `columns` times between `from` and `to`. */
export async function summariseBook(source: Source, levels: number, onProgress: (tsLocal: number) => void): Promise<BookSummary> {
  let tracker: BookTracker | undefined
  let events = 0
  let from = NaN
  let to = NaN
  let spreadTime = 0
  let spreadArea = 0
  let trades = 0
  let tradedLots = 0
  const looks: { time: number; mid: number; levels: Map<number, number> }[] = []
  const prints: { time: number; ticks: number; lots: number }[] = []

  for await (const batch of batchesOf(source)) {
    tracker ??= new BookTracker(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length; ) {
      const spread = spreadOf(tracker.book)
      const elapsed = batch.tsLocal[row]! - tracker.tsLocal
      if (spread >= 0 && elapsed > 0) {
        spreadTime += elapsed
        spreadArea += elapsed * spread
      }
      row = tracker.applyRows(batch, row)
      if (Number.isNaN(from)) from = tracker.tsLocal
      to = tracker.tsLocal
      if (tracker.kind !== 'snapshot') events++
      if (tracker.tradePrint === 'regular' || tracker.tradePrint === 'hidden') {
        trades++
        tradedLots += tracker.tradeSize
        prints.push({ time: to, ticks: tracker.tradeTicks, lots: tracker.tradeLots })
      }
      if (looks.length === 0 || to >= looks.at(-1)!.time + lookEvery) looks.push(lookAt(tracker, levels))
    }
    onProgress(to)
  }
  if (tracker === undefined) throw new Error(`${source.name} gave no event.`)
  return {
    events,
    from,
    to,
    tickSize: tracker.instrument.tickSize,
    crossed: tracker.counts.crossed,
    meanSpreadTicks: spreadArea / spreadTime,
    trades,
    tradedLots,
    counts: tracker.counts,
    heatmap: heatmapOf(thin(looks), prints, tracker.instrument.tickSize),
  }
}
