import { LobError } from '@rxlob/core'
import type { Calibration, StepCurve } from './calibration.js'
import { logOdds, logProbability } from './check-calibration-data.js'

/**
 * Applies a calibration to rows of probabilities; the rows of the result sum to 1. A row whose curves are all 0 becomes even.
 *
 * @param probabilities Row-major [rows, classes]; not changed.
 * @throws {LobError} LOB_COLUMN_MISMATCH where they are no rows of the calibration's classes.
 */
export function calibrateProbabilities(calibration: Calibration, probabilities: ArrayLike<number>): Float32Array {
  const { classes } = calibration
  if (probabilities.length % classes !== 0) throw new LobError('LOB_COLUMN_MISMATCH', `calibrateProbabilities: expected rows of ${classes} probabilities, got ${probabilities.length} numbers.`)
  const calibrated = new Float32Array(probabilities.length)
  const row = new Float64Array(classes)
  for (let at = 0; at < probabilities.length; at += classes) {
    for (let k = 0; k < classes; k++) row[k] = probabilities[at + k]!
    calibrateRow(calibration, row)
    calibrated.set(row, at)
  }
  return calibrated
}

function calibrateRow(calibration: Calibration, row: Float64Array): void {
  const { classes } = calibration
  if (calibration.kind === 'temperature') {
    let top = -Infinity
    for (let k = 0; k < classes; k++) top = Math.max(top, (row[k] = logProbability(row[k]!) / calibration.temperature))
    for (let k = 0; k < classes; k++) row[k] = Math.exp(row[k]! - top)
  } else if (classes === 2) {
    row[1] = curveAt(calibration, 0, row[1]!)
    row[0] = 1 - row[1]
  } else {
    for (let k = 0; k < classes; k++) row[k] = curveAt(calibration, k, row[k]!)
  }
  let sum = 0
  for (let k = 0; k < classes; k++) sum += row[k]!
  for (let k = 0; k < classes; k++) row[k] = sum > 0 ? row[k]! / sum : 1 / classes
}

function curveAt(calibration: Exclude<Calibration, { kind: 'temperature' }>, k: number, p: number): number {
  if (calibration.kind === 'isotonic') return onCurve(calibration.curves[k]!, p)
  const { slope, intercept } = calibration.curves[k]!
  return 1 / (1 + Math.exp(slope * logOdds(p) + intercept))
}

function onCurve({ x, y }: StepCurve, at: number): number {
  let [low, high] = [0, x.length - 1]
  if (at <= x[low]!) return y[low]!
  if (at >= x[high]!) return y[high]!
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x[middle]! <= at) low = middle
    else high = middle
  }
  return y[low]! + ((y[high]! - y[low]!) * (at - x[low]!)) / (x[high]! - x[low]!)
}
