import { countEvents, instrumentTrackers } from '../book/instrument-trackers.js'
import type { Feature, NameOf, Sampler } from '../contracts/feature.js'
import type { Source } from '../contracts/source.js'
import { columnsOf } from '../features/columns-of.js'
import { featurePanel } from '../features/feature-panel.js'
import { batchesOf } from './batches-of.js'
import type { FeatureFrame } from './feature-frame.js'

export interface RunFeaturesOptions {
  readonly signal?: AbortSignal
  /** Rows a frame, where the source has no batches of its own. Default 4096. */
  readonly rows?: number
  /** Which ticks become rows. Default every one. */
  readonly sample?: Sampler
}

/**
 * Runs features over a whole source, a frame per batch, without RxJS.
 * Reads `source.batches()`; where there is none, gathers `source.events()` into batches.
 * Rows are numbered per instrument; interleaved instruments give frames of their own.
 */
export async function* runFeatures<const F extends readonly Feature[]>(
  source: Source,
  list: F,
  options: RunFeaturesOptions = {},
): AsyncGenerator<FeatureFrame<NameOf<F[number]>>, void, void> {
  const columns = columnsOf(list)
  const width = columns.length
  const trackers = instrumentTrackers((tracker) => ({ panel: featurePanel(list, tracker, options.sample), rows: 0 }))
  for await (const batch of batchesOf(source, options)) {
    const most = countEvents(batch)
    const tsExchange = new Float64Array(most)
    const tsLocal = new Float64Array(most)
    const values = new Float64Array(most * width)
    let length = 0
    let firstRow = 0
    trackers.accept(batch, (tracker, kept) => {
      if (!kept.panel.step(values, length * width)) return
      tsExchange[length] = tracker.tsExchange
      tsLocal[length] = tracker.tsLocal
      if (length++ === 0) firstRow = kept.rows
      kept.rows++
    })
    if (length === 0) continue
    yield {
      instrument: batch.instrument.id,
      columns,
      length,
      firstRow,
      tsExchange: tsExchange.subarray(0, length),
      tsLocal: tsLocal.subarray(0, length),
      values: values.subarray(0, length * width),
    }
  }
}
