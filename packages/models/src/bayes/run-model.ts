/** Predictive density of one run of like observations, and how an observation changes what is known of the run. Knowledge is `width` numbers. */
export interface RunModel {
  readonly name: string
  /** Numbers kept for each run. */
  readonly width: number
  /** What is known of a run before its first observation. */
  readonly prior: readonly number[]
  /** Log predictive density (probability, where `x` is discrete) of `x` given the numbers from `known[at]` on; NaN where `x` is none of the model's. */
  logDensity(known: Float64Array, at: number, x: number): number
  /** Takes `x` in, in place. */
  update(known: Float64Array, at: number, x: number): void
}
