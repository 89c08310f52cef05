import { studentCdf } from '@rxlob/core'
import type { StudentForecast } from './student-forecast.js'

/** Probability that the forecast gave to values up to the one that came true (probability integral transform): uniform if it is calibrated. */
export function studentPit({ degreesOfFreedom, location, scale }: StudentForecast, value: number): number {
  return studentCdf((value - location) / scale, degreesOfFreedom)
}
