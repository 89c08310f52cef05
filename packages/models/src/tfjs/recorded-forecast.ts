import type { FeatureWindow, LabelledFrame, OnlineLearner } from '@rxlob/core'
import type { ClassesOutput } from './trained-net.js'

export interface RecordedForecastOptions {
  readonly name: string
  readonly output: ClassesOutput
  readonly frame: LabelledFrame
  /** Row-major [rows of the frame, classes]. */
  readonly probabilities: Float32Array
}

/** Forecasts that were made before, as a learner that learns nothing: so that `prequential` scores them beside baselines, on the same rows. */
export function recordedForecast({ name, output, frame, probabilities }: RecordedForecastOptions): OnlineLearner {
  const size = output.classes.length
  // A column without an undefined number would do; the time of a row is none, so the window is of no column at all.
  return {
    contract: 1,
    name,
    input: { columns: [], fingerprints: [], sampler: '', length: 1 },
    output,
    predict: ({ row }: FeatureWindow) => probabilities.subarray((row - frame.firstRow) * size, (row - frame.firstRow + 1) * size),
    learn: () => {},
    save: () => null,
    load: () => {},
  }
}
