import type { Ticks } from '../units.js'

/** Index of a quote among the states of the micro-price: by spread bucket, within it by imbalance bucket. -1 where a number is NaN. */
export function microPriceState(edges: ArrayLike<number>, spreads: number, imbalance: number, spreadTicks: Ticks): number {
  if (Number.isNaN(imbalance) || !(spreadTicks >= 1)) return -1
  let bucket = 0
  while (bucket < edges.length && above(imbalance, edges[bucket]!)) bucket++
  return (Math.min(Math.round(spreadTicks), spreads) - 1) * (edges.length + 1) + bucket
}

/** An imbalance on an edge belongs to the bucket nearer to 0, so that a mirrored quote falls into the mirrored bucket. */
const above = (imbalance: number, edge: number): boolean => imbalance > edge || (imbalance === edge && edge < 0)
