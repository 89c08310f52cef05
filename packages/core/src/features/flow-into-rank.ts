import type { Lots, Ticks } from '../units.js'
import { sideFlow } from './side-flow.js'

/** Flow into one side at a rank, and its new numbers. `sign`: +1 for bids, -1 for asks. */
export function flowIntoRank(allTicks: Float64Array, allLots: Float64Array, allSizes: Float64Array, rank: number, ticks: Ticks, lots: Lots, sign: number, log: boolean): number {
  const size = sizeOf(ticks, lots, rank, log)
  const flow = sideFlow(sign * ticks, size, sign * allTicks[rank]!, allSizes[rank]!)
  allTicks[rank] = ticks
  allLots[rank] = lots
  allSizes[rank] = size
  return flow
}

function sizeOf(ticks: Ticks, lots: Lots, rank: number, log: boolean): number {
  if (rank === 0 && Number.isNaN(ticks)) return NaN
  return log ? Math.log1p(lots) : lots
}
