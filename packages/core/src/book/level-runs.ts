/**
 * The levels of one delta as a reader of bytes gathers them: ticks and lots in turn, one side after the other.
 * Levels are counted, not numbers: a side's first number is `pairs[2 * from]`.
 */
export interface LevelRuns {
  readonly pairs: Float64Array
  readonly bidsFrom: number
  readonly bidsTo: number
  readonly asksFrom: number
  readonly asksTo: number
}
