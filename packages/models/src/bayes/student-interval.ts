import { studentQuantile } from '@rxlob/core'
import type { StudentForecast } from './student-forecast.js'

/**
 * The central interval that a forecast holds for `level` probable: score it with `intervalCoverage`. NaN outside 0 to 1.
 *
 * @example
 * studentInterval(learner.forecast(window), 0.9) // { low, high }
 */
export function studentInterval({ degreesOfFreedom, location, scale }: StudentForecast, level: number): { readonly low: number; readonly high: number } {
  const reach = scale * studentQuantile((1 + level) / 2, degreesOfFreedom)
  return { low: location - reach, high: location + reach }
}
