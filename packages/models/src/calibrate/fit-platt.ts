import type { CalibrationData, PlattCalibration } from './calibration.js'
import { checkCalibrationData, logOdds } from './check-calibration-data.js'
import { curveClasses } from './curve-classes.js'
import { fitSigmoid } from './fit-sigmoid.js'

/**
 * Platt scaling of the log odds: a sigmoid for each class against the rest (for two classes one, of the second), divided by their sum.
 *
 * Two numbers a class, so some hundreds of rows of each are enough. The likeliest class may change with three classes or more.
 *
 * @throws {LobError} LOB_BAD_OPTION where the data do not fit together (see `CalibrationData`).
 * @see fitSigmoid
 */
export function fitPlatt(data: CalibrationData): PlattCalibration {
  const { probabilities, outcomes, classes, from, to } = data
  const rows = checkCalibrationData('fitPlatt', data)
  const curves = curveClasses(classes).map((k) =>
    fitSigmoid(Float64Array.from({ length: rows }, (_, row) => logOdds(probabilities[row * classes + k]!)), Array.from(outcomes, (outcome) => outcome === k)),
  )
  return { kind: 'platt', curves, classes, from, to, rows }
}
