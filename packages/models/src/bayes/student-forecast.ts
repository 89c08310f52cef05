/** A forecast of a value: location + scale * t, t of Student's distribution. */
export interface StudentForecast {
  readonly degreesOfFreedom: number
  readonly location: number
  readonly scale: number
}
