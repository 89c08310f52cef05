import { bootstrapSums, percentileInterval, type Interval } from '@rxlob/evaluation'
import { mutualInformation } from './mutual-information.ts'

/** What one column says about the move after it. */
export interface PredictivePower {
  readonly name: string
  readonly unit: string
  /** Rows with a value and a move. */
  readonly rows: number
  readonly correlation: Interval
  readonly bits: number
  /** A line fitted on the first half of the rows, scored on the second against the first half's mean move. */
  readonly r2: Interval
  /** Correlation with the move over each horizon. */
  readonly decay: readonly number[]
}

export interface PowerOptions {
  /** Mean length of the bootstrap's blocks: ten horizons or more. */
  readonly meanBlockRows: number
  readonly draws: number
}

/** Values of a column beside the moves after them, rows without one of the two left out. */
export function paired(values: ArrayLike<number>, moves: ArrayLike<number>): [values: Float64Array, moves: Float64Array] {
  const kept = Array.from(values, (_, row) => row).filter((row) => !Number.isNaN(values[row]! + moves[row]!))
  return [Float64Array.from(kept, (row) => values[row]!), Float64Array.from(kept, (row) => moves[row]!)]
}

/** The power of a column; undefined where too few rows are left to put an interval on it, or it never changes. */
export function predictivePower(name: string, unit: string, values: ArrayLike<number>, movesByHorizon: readonly ArrayLike<number>[], main: number, options: PowerOptions): PredictivePower | undefined {
  const [x, y] = paired(values, movesByHorizon[main]!)
  if (x.length < 12 * options.meanBlockRows) return undefined
  const scaled = standardised(x)
  if (scaled === undefined) return undefined
  return {
    name, unit, rows: x.length,
    correlation: correlationInterval(scaled, y, options),
    bits: mutualInformation(x, y),
    r2: laterR2(scaled, y, options),
    decay: movesByHorizon.map((moves) => correlation(...paired(values, moves))),
  }
}

/** Sums of squares keep their digits only where the values lie about 0. */
function standardised(x: Float64Array): Float64Array | undefined {
  const mean = x.reduce((a, b) => a + b, 0) / x.length
  const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length)
  return deviation > 1e-12 * Math.abs(mean) ? x.map((value) => (value - mean) / deviation) : undefined
}

export function correlation(x: Float64Array, y: Float64Array): number {
  // Sums of squares cancel where both are prices.
  const [one, other] = [standardised(x), standardised(y)]
  const out = new Float64Array(1)
  if (one === undefined || other === undefined) return NaN
  const sums = new Float64Array(5)
  for (let row = 0; row < x.length; row++) addMoments(one[row]!, other[row]!, sums)
  correlationOf(sums, x.length, out, 0)
  return out[0]!
}

function addMoments(x: number, y: number, sums: Float64Array): void {
  sums[0]! += x
  sums[1]! += y
  sums[2]! += x * x
  sums[3]! += y * y
  sums[4]! += x * y
}

function correlationOf([x, y, xx, yy, xy]: Float64Array, n: number, out: Float64Array, at: number): void {
  out[at] = (xy! - (x! * y!) / n) / Math.sqrt((xx! - (x! * x!) / n) * (yy! - (y! * y!) / n))
}

function correlationInterval(x: Float64Array, y: Float64Array, options: PowerOptions): Interval {
  const { values, draws } = bootstrapSums({ rows: x.length, sums: 5, statistics: 1, add: (row, sums) => addMoments(x[row]!, y[row]!, sums), evaluate: (sums, out, at) => correlationOf(sums, x.length, out, at) }, options)
  return percentileInterval(values[0]!, draws)
}

/** The line is fitted once: the interval is that of its score on later rows. */
function laterR2(x: Float64Array, y: Float64Array, options: PowerOptions): Interval {
  const half = x.length >> 1
  const sums = new Float64Array(5)
  for (let row = 0; row < half; row++) addMoments(x[row]!, y[row]!, sums)
  const [sumX, sumY, sumXX, , sumXY] = sums as unknown as [number, number, number, number, number]
  const slope = sumXX - (sumX * sumX) / half > 0 ? (sumXY - (sumX * sumY) / half) / (sumXX - (sumX * sumX) / half) : 0
  const mean = sumY / half
  const { values, draws } = bootstrapSums(
    {
      rows: x.length - half, sums: 2, statistics: 1,
      add(row, errors) {
        const [at, moved] = [x[half + row]!, y[half + row]!]
        errors[0]! += (moved - mean - slope * (at - sumX / half)) ** 2
        errors[1]! += (moved - mean) ** 2
      },
      evaluate: (errors, out, at) => (out[at] = 1 - errors[0]! / errors[1]!),
    },
    options,
  )
  return percentileInterval(values[0]!, draws)
}
