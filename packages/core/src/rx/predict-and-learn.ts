import type { OperatorFunction } from 'rxjs'
import type { EventBatch } from '../batch/event-batch.js'
import { instrumentTrackers } from '../book/instrument-trackers.js'
import type { Feature, Sampler } from '../contracts/feature.js'
import type { Labeler } from '../contracts/labeler.js'
import type { OnlineLearner, Prediction, Settled } from '../contracts/predictor.js'
import type { MarketEvent } from '../events.js'
import { columnsOf } from '../features/columns-of.js'
import { featurePanel } from '../features/feature-panel.js'
import { checkInput, inputOf } from '../window/input-of.js'
import { prequentialRun } from '../window/prequential-run.js'
import { operate } from './operate.js'

export interface PredictAndLearnOptions {
  /** Which ticks become rows. Default every one. */
  readonly sample?: Sampler
}

/**
 * Predicts each row first and learns it once `labeler` knows the answer (prequential).
 * One learner learns from all instruments of the stream.
 *
 * Ends with an error `LOB_MODEL` where the learner fails or too many predictions wait for their labels (see `prequentialRun`).
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH at once where the learner was made for other features.
 */
export function predictAndLearn(
  learner: OnlineLearner,
  list: readonly Feature[],
  labeler: Labeler,
  options: PredictAndLearnOptions = {},
): OperatorFunction<MarketEvent | EventBatch, Prediction | Settled> {
  checkInput(learner.input, inputOf(list, { length: learner.input.length, ...options }), learner.name)
  const width = columnsOf(list).length
  return operate((subscriber) => {
    const row = new Float64Array(width)
    const trackers = instrumentTrackers((tracker) => ({
      panel: featurePanel(list, tracker, options.sample),
      run: prequentialRun(learner, labeler, tracker, (outcome) => subscriber.next(outcome)),
      rows: 0,
    }))
    return {
      next: (input) =>
        trackers.accept(input, (_, kept) => {
          if (kept.panel.step(row, 0)) kept.run.step(row, 0, kept.rows++)
        }),
    }
  })
}
