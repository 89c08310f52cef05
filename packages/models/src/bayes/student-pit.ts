import { studentTwoSided } from '@rxlob/evaluation'
import type { StudentForecast } from './student-forecast.js'

/** Probability that the forecast gave to values up to the one that came true (probability integral transform): uniform if it is calibrated. */
export function studentPit({ degreesOfFreedom, location, scale }: StudentForecast, value: number): number {
  const t = (value - location) / scale
  const outside = studentTwoSided(t, degreesOfFreedom) / 2
  return t < 0 ? outside : 1 - outside
}
