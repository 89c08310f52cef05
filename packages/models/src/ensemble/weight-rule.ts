/** How much each member of an ensemble counts, and how that moves with what came true. */
export interface MemberWeights {
  /** One a member, summing to 1. */
  readonly weights: Float64Array
  /**
   * Takes one outcome in.
   *
   * @param logLikelihoods Log probability (density, where a value was forecast) that each member gave to what came true.
   * @param losses Loss of each member, 0 to 1; NaN where a value was forecast.
   */
  update(logLikelihoods: Float64Array, losses: Float64Array): void
  /** All members alike again, as at the start. */
  restart(): void
  /** All state as numbers; `load` of them goes on with the same bits. */
  save(): number[]
  load(state: readonly number[]): void
}

/** A way to weight members: `hedge`, `bayesianAveraging`, `recentPerformance`, `equalWeights`, or your own. */
export interface WeightRule {
  readonly name: string
  /** Of bounded losses: it cannot weight forecasts of values. */
  readonly needsLosses: boolean
  start(members: number): MemberWeights
}
