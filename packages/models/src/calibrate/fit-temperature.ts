import type { CalibrationData, TemperatureCalibration } from './calibration.js'
import { checkCalibrationData, logProbability } from './check-calibration-data.js'

/** Bounds of 1 / temperature: forecasts that are always right would make it infinite, worthless ones 0. */
const [coldest, hottest] = [1e-3, 1e3]

/**
 * Temperature scaling: the one exponent that makes the probabilities of a period most likely.
 *
 *   T = argmin -mean ln softmax(ln p / T)[y]
 *
 * One number, so a few hundred rows are enough; it never changes which class is the likeliest. Between 1 / 1000 and 1000.
 * The loss is convex in 1 / T; found by bisection of its slope. Cost: O(rows classes), fifty times.
 *
 * @throws {LobError} LOB_BAD_OPTION where the data do not fit together (see `CalibrationData`).
 * @see Guo et al. (2017), On calibration of modern neural networks, ICML
 */
export function fitTemperature(data: CalibrationData): TemperatureCalibration {
  const { probabilities, outcomes, classes, from, to } = data
  const rows = checkCalibrationData('fitTemperature', data)
  const logs = Float64Array.from(probabilities, logProbability)
  const odds = new Float64Array(classes)
  /** Of the loss, by 1 / T. */
  const slope = (exponent: number): number => {
    let sum = 0
    for (let row = 0; row < rows; row++) {
      const at = row * classes
      let top = -Infinity
      for (let k = 0; k < classes; k++) top = Math.max(top, (odds[k] = exponent * logs[at + k]!))
      let [mass, expected] = [0, 0]
      for (let k = 0; k < classes; k++) {
        const share = Math.exp(odds[k]! - top)
        mass += share
        expected += share * logs[at + k]!
      }
      sum += expected / mass - logs[at + outcomes[row]!]!
    }
    return sum
  }
  let [low, high] = [Math.log(coldest), Math.log(hottest)]
  for (let middle = (low + high) / 2; middle > low && middle < high && high - low > 1e-13; middle = (low + high) / 2) {
    if (slope(Math.exp(middle)) > 0) high = middle
    else low = middle
  }
  return { kind: 'temperature', temperature: Math.exp(-(low + high) / 2), classes, from, to, rows }
}
