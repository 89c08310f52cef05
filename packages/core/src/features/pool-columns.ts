import type { LevelColumn } from './level-columns.js'
import type { LevelGroupState } from './level-group.js'
import type { LevelSums } from './level-sums.js'
import { pooledLots } from './pooled-lots.js'

/** Columns of how the lots of both sides are spread over the levels. */
export function poolColumns({ sums, columns: { liquidityConcentration, liquidityEntropy } }: LevelGroupState, oneSided: boolean, out: Float64Array, at: number): void {
  for (let i = 0; i < liquidityConcentration.length; i++) concentration(liquidityConcentration[i]!, sums, oneSided, out, at)
  for (let i = 0; i < liquidityEntropy.length; i++) {
    // Reckoned where it is not told, too: the pool must miss no reading.
    const value = entropy(liquidityEntropy[i]!, sums)
    out[at + liquidityEntropy[i]!.at] = oneSided ? NaN : value
  }
}

function concentration({ at: column, last, pool }: LevelColumn, sums: LevelSums, oneSided: boolean, out: Float64Array, at: number): void {
  pooledLots.read(pool, sums)
  const { lots, absent } = pool
  const { bids, asks } = sums
  const count = lots.length - absent
  const total = bids.totals[last]! + asks.totals[last]!
  let squares = 0
  let ranked = 0
  for (let i = 0; i < count; i++) {
    const size = lots[absent + i]!
    squares += size * size
    ranked += (i + 1) * size
  }
  // Divided once: twenty divisions take longer than all the rest.
  squares /= total * total
  ranked /= total
  const first = at + column
  out[first] = oneSided ? NaN : (bids.lots[0]! + asks.lots[0]!) / total
  out[first + 1] = oneSided ? NaN : squares
  out[first + 2] = oneSided ? NaN : (squares - 1 / count) / (1 - 1 / count)
  out[first + 3] = oneSided ? NaN : (2 * ranked - (count + 1)) / count
}

function entropy({ last, pool }: LevelColumn, sums: LevelSums): number {
  pooledLots.read(pool, sums)
  const { lots, absent } = pool
  const total = sums.bids.totals[last]! + sums.asks.totals[last]!
  let sum = 0
  for (let i = absent; i < lots.length; i++) sum -= (lots[i]! / total) * Math.log(lots[i]! / total)
  return sum / Math.log(lots.length - absent)
}
