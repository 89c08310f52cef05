import type { CalibrationData, IsotonicCalibration, StepCurve } from './calibration.js'
import { checkCalibrationData } from './check-calibration-data.js'
import { curveClasses } from './curve-classes.js'
import { isotonicRegression } from './isotonic-regression.js'

/**
 * Isotonic calibration: for each class (for two classes the second) the rising curve that is nearest to what came true, divided by their sum.
 *
 * Assumes nothing but order, so it takes thousands of rows; on fewer it learns the noise. Rows of one probability count as their average;
 * between the knots the curve is straight, beyond them level.
 *
 * @throws {LobError} LOB_BAD_OPTION where the data do not fit together (see `CalibrationData`).
 * @see Zadrozny and Elkan (2002), KDD; isotonicRegression
 */
export function fitIsotonic(data: CalibrationData): IsotonicCalibration {
  const { probabilities, outcomes, classes, from, to } = data
  const rows = checkCalibrationData('fitIsotonic', data)
  const curves = curveClasses(classes).map((k) => {
    const scores = Float64Array.from({ length: rows }, (_, row) => probabilities[row * classes + k]!)
    return risingCurve(scores, Float64Array.from(outcomes, (outcome) => (outcome === k ? 1 : 0)))
  })
  return { kind: 'isotonic', curves, classes, from, to, rows }
}

function risingCurve(scores: Float64Array, hits: Float64Array): StepCurve {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!)
  const x: number[] = []
  const means: number[] = []
  const counts: number[] = []
  for (const row of order) {
    const last = x.length - 1
    if (x[last] === scores[row]) {
      counts[last]!++
      means[last]! += (hits[row]! - means[last]!) / counts[last]!
    } else {
      x.push(scores[row]!)
      means.push(hits[row]!)
      counts.push(1)
    }
  }
  const y = isotonicRegression(means, counts)
  // Of a level stretch only the ends are knots.
  const knots = x.map((_, at) => at).filter((at) => at === 0 || at === x.length - 1 || y[at] !== y[at - 1] || y[at] !== y[at + 1])
  return { x: knots.map((at) => x[at]!), y: knots.map((at) => y[at]!) }
}
