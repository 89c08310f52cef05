import { BookTracker, columnsOf, featurePanel, type Feature, type MarketEvent } from '@rxlob/core/kernel'

/** One row of numbers an event that makes one, from the events of one instrument: a loop, a tracker and a panel. */
export function* reduceFeatures(events: Iterable<MarketEvent>, list: readonly Feature[]): Generator<Float64Array> {
  const row = new Float64Array(columnsOf(list).length)
  let tracker: BookTracker | undefined
  let panel: ReturnType<typeof featurePanel> | undefined
  for (const event of events) {
    if (event.kind === 'instrument' && tracker === undefined) {
      tracker = new BookTracker(event.definition, event.levels)
      panel = featurePanel(list, tracker)
    }
    if (tracker === undefined || panel === undefined) throw new Error(`Expected an instrument event first, got ${event.kind}.`)
    tracker.apply(event)
    // The row is used again for the next one: copy it to keep it.
    if (panel.step(row, 0)) yield row
  }
}
