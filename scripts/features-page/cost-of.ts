import { BookTracker, featurePanel, type EventBatch, type Feature } from '@rxlob/core'

/** CPU nanoseconds that a feature adds to an event, best of some rounds in turn with a pass without it; the book's own work is in neither. */
export function costOf(feature: Feature, batches: readonly EventBatch[], rounds: number): number {
  const events = batches.reduce((sum, { length }) => sum + length, 0)
  let best = Infinity
  let bare = Infinity
  for (let round = 0; round < rounds; round++) {
    bare = Math.min(bare, pass([], batches))
    best = Math.min(best, pass([feature], batches))
  }
  return Math.max(0, (best - bare) / events)
}

function pass(list: readonly Feature[], batches: readonly EventBatch[]): number {
  const [first] = batches
  const tracker = new BookTracker(first!.instrument, first!.levels)
  const panel = featurePanel(list, tracker)
  const out = new Float64Array(list.reduce((sum, { columns }) => sum + columns.length, 0))
  const { user } = process.cpuUsage()
  for (const batch of batches) {
    for (let row = 0; row < batch.length; ) {
      row = tracker.applyRows(batch, row)
      panel.step(out, 0)
    }
  }
  return (process.cpuUsage().user - user) * 1000
}
