import { BookTracker, columnsOf, featurePanel, type Feature, type FeaturePanel, type MarketEvent } from '../../src/kernel.js'

/** The rows of some features over the events of one instrument. */
export function rowsOf(events: readonly MarketEvent[], list: readonly Feature[]): number[][] {
  const out = new Float64Array(columnsOf(list).length)
  const rows: number[][] = []
  let tracker: BookTracker | undefined
  let panel: FeaturePanel | undefined
  for (const event of events) {
    if (event.kind === 'instrument' && tracker === undefined) {
      tracker = new BookTracker(event.definition, event.levels)
      panel = featurePanel(list, tracker)
    }
    tracker!.apply(event)
    if (panel!.step(out, 0)) rows.push([...out])
  }
  return rows
}
