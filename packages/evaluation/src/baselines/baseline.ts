import type { LabelledFrame } from '@rxlob/core'

/** A forecast so simple that a model which does not beat it has shown nothing. */
export interface Baseline {
  readonly name: string
  /** Starts over a frame. What it says about a row may depend on that row and earlier ones alone. */
  start(frame: LabelledFrame, classes: number): BaselineRun
}

/** A baseline at work: rows are predicted and settled in time order. */
export interface BaselineRun {
  /** Called once, before the first scored row: thresholds and weights are fitted to what has settled by then. */
  train?(): void
  /** Writes the probability of each class into `out` and returns the class it calls; -1, and nothing written, where it has no view. */
  predict(row: number, out: Float64Array): number
  /** The outcome of an earlier row is known. */
  learn(row: number, target: number): void
}
