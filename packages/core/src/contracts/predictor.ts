import type { InstrumentId } from '../instrument.js'
import type { Micros } from '../units.js'

export interface InputSpec {
  /** Column names and fingerprints in training order. A mismatch is a `LobError` at wiring time, not a bad number later. */
  readonly columns: readonly string[]
  readonly fingerprints: readonly string[]
  readonly sampler: string
  /** Rows of history in one window. */
  readonly length: number
  /** Applied by core in double precision before the window is cast to floats. */
  readonly scaler?: { readonly mean: readonly number[]; readonly scale: readonly number[] }
}

/** In rows of the sampler, or in time. */
export type Horizon = { readonly rows: number } | { readonly micros: Micros }

export type OutputSpec =
  | { readonly kind: 'classes'; readonly classes: readonly string[]; readonly horizon: Horizon }
  | { readonly kind: 'value'; readonly unit: 'ticks' | 'return' | 'log-return'; readonly horizon: Horizon }

/** Row-major [length, columns], oldest row first. Lent to the predictor for the call; copy to keep. Never holds a NaN: such a window is skipped and counted. */
export interface FeatureWindow {
  readonly instrument: InstrumentId
  readonly row: number
  readonly data: Float32Array
  readonly shape: readonly [length: number, columns: number]
  /** Of the newest row: nothing later is in `data`. */
  readonly tsLocal: Micros
}

/** `data` is [count, length, columns]. */
export interface FeatureWindows {
  readonly data: Float32Array
  readonly shape: readonly [count: number, length: number, columns: number]
}

/** Anything that turns a window of features into an output. Never learns; never touches the clock. */
export interface Predictor {
  readonly contract: 1
  readonly name: string
  readonly input: InputSpec
  readonly output: OutputSpec
  /** [classes] probabilities summing to 1, or [mean, standard deviation] (NaN where unknown). */
  predict(window: FeatureWindow): Float32Array | Promise<Float32Array>
  /** [count, outputs] row-major. Left out, it is a loop over `predict`. */
  predictMany?(windows: FeatureWindows): Promise<Float32Array>
  close?(): Promise<void>
}

/**
 * A recurrent predictor that is fed one row at a time and carries its state since `init`, which comes before the first row and after
 * every gap. Its answers count from the `input.length`-th row on. `predict` of a window starts from a fresh state, apart from the carried one.
 */
export interface StatefulPredictor extends Predictor {
  /** Drops the instrument's state. */
  init(instrument: InstrumentId): void
  /** The output after one more row, scaled as windows are; lent for the call. Called again only once the answer is there. */
  step(instrument: InstrumentId, row: Float32Array): Float32Array | Promise<Float32Array>
}

/** A predictor that learns one example at a time and answers at once. */
export interface OnlineLearner extends Predictor {
  predict(window: FeatureWindow): Float32Array
  /** `target` is a class index or a value, as `output` says. Changes neither argument. */
  learn(window: FeatureWindow, target: number, weight?: number): void
  /** The whole state as plain JSON data; `load(save())` predicts the same bits. */
  save(): unknown
  load(state: unknown): void
}

export interface Prediction {
  readonly kind: 'prediction'
  readonly instrument: InstrumentId
  /** Per instrument, since the start of the stream; joins predictions, labels and rows. */
  readonly row: number
  readonly tsLocal: Micros
  readonly output: OutputSpec
  readonly values: Float32Array
  /** Windows of the instrument between the prediction before and this one that were passed over because the predictor was busy; absent where there were none. */
  readonly skipped?: number
}

/** A prediction whose outcome is known. */
export interface Settled {
  readonly kind: 'settled'
  readonly instrument: InstrumentId
  readonly row: number
  readonly prediction: Prediction
  readonly target: number
  readonly tsSettled: Micros
}
