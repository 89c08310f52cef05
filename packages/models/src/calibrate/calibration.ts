import type { Micros } from '@rxlob/core'

/** Forecasts of a period and what came true: what a calibration is fitted on. Not the period that the model was fitted on, and not the one that is scored. */
export interface CalibrationData {
  /** Row-major [rows, classes]. */
  readonly probabilities: ArrayLike<number>
  /** Class of each row. */
  readonly outcomes: ArrayLike<number>
  readonly classes: number
  /** The period: time of the first row, and the time by which all outcomes were known. Kept in the calibration; `prequential({ fitted })` refuses to score it. */
  readonly from: Micros
  readonly to: Micros
}

interface FittedCalibration {
  readonly classes: number
  readonly from: Micros
  readonly to: Micros
  readonly rows: number
}

/** p_k^(1 / temperature), normalised. */
export interface TemperatureCalibration extends FittedCalibration {
  readonly kind: 'temperature'
  /** Above 1 makes forecasts less sure, below 1 surer. */
  readonly temperature: number
}

/** 1 / (1 + exp(slope s + intercept)) of the log odds s of a class. */
export interface SigmoidCurve {
  readonly slope: number
  readonly intercept: number
}

/** One curve for the second of two classes; of more, one each, divided by their sum. */
export interface PlattCalibration extends FittedCalibration {
  readonly kind: 'platt'
  readonly curves: readonly SigmoidCurve[]
}

/** A rising line through knots, level beyond them. */
export interface StepCurve {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** One curve for the second of two classes; of more, one each, divided by their sum. */
export interface IsotonicCalibration extends FittedCalibration {
  readonly kind: 'isotonic'
  readonly curves: readonly StepCurve[]
}

/** Plain JSON: keep it beside the model. */
export type Calibration = TemperatureCalibration | PlattCalibration | IsotonicCalibration
