import type { OperatorFunction } from 'rxjs'
import type { EventBatch } from '../batch/event-batch.js'
import { instrumentTrackers } from '../book/instrument-trackers.js'
import type { Sampler } from '../contracts/feature.js'
import type { Label, Labeler } from '../contracts/labeler.js'
import type { MarketEvent } from '../events.js'
import { featurePanel } from '../features/feature-panel.js'
import { labelRun } from '../labels/label-run.js'
import { operate } from './operate.js'

const nothing = new Float64Array(0)

export interface LabelOptions {
  /** Which ticks become rows; the same as in `features`. Default every one. */
  readonly sample?: Sampler
}

/**
 * Labels rows once their horizon has passed: predicted against actual, live. Rows are numbered as `features` numbers them.
 * Rows without a target (NaN) make no label.
 */
export function label(labeler: Labeler, options: LabelOptions = {}): OperatorFunction<MarketEvent | EventBatch, Label> {
  return operate((subscriber) => {
    const trackers = instrumentTrackers((tracker) => ({
      panel: featurePanel([], tracker, options.sample),
      run: labelRun(labeler, tracker, (row, target) => {
        if (!Number.isNaN(target)) subscriber.next({ instrument: tracker.instrument.id, row, target, tsSettled: tracker.tsLocal })
      }),
      rows: 0,
    }))
    return {
      next: (input) =>
        trackers.accept(input, (_, kept) => {
          if (kept.panel.step(nothing, 0)) kept.run.step(kept.rows++)
        }),
    }
  })
}
