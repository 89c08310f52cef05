import { logGammaStep } from '@rxlob/core'
import type { StudentForecast } from './student-forecast.js'

/** Natural logarithm of the density at the value that came true: minus it is the forecast's log loss. */
export function studentLogDensity({ degreesOfFreedom, location, scale }: StudentForecast, value: number): number {
  const z = (value - location) / scale
  return logGammaStep(degreesOfFreedom / 2) - 0.5 * Math.log(Math.PI * degreesOfFreedom) - Math.log(scale) - ((degreesOfFreedom + 1) / 2) * Math.log1p((z * z) / degreesOfFreedom)
}
