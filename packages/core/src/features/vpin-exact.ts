import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import type { Lots } from '../units.js'
import { defineFeature } from './define-feature.js'
import { flowOfTrade } from './flow-of-trade.js'
import { volumeBuckets } from './volume-buckets.js'

export interface VpinExactOptions<Size extends number = number, Count extends number = number> {
  /** Volume of a bucket, lots, 1 or more; the authors take a fiftieth of a mean day. */
  readonly bucketLots: Size & Lots
  /** Buckets in the mean, 1 or more; the authors take 50. */
  readonly buckets: Count
}

/**
 * Volume-synchronised imbalance with the true takers: how one-sided the last buckets of equal volume were.
 *
 *   sum over the last n buckets of |bought - sold| / (n V)
 *
 * Unit: ratio in [0, 1]. Column `vpin_exact_<buckets>x<bucketLots>`. A trade that overfills a bucket goes on into the next. Regular and hidden trades
 * count, but for those whose taker is not known. Reads no book: it follows the `trades` channel.
 * NaN until so many buckets are full. Cost: O(1) an event amortised, memory O(buckets).
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is not an integer of 1 or more.
 * @see Easley, Lopez de Prado and O'Hara (2012), Review of Financial Studies 25(5)
 * @example
 * vpinExact({ bucketLots: 10_000, buckets: 50 }) // column vpin_exact_50x10000
 */
export function vpinExact<const Size extends number, const Count extends number>(
  options: VpinExactOptions<Size, Count>,
): Feature<`vpin_exact_${Count}x${Size}`> {
  const { bucketLots, buckets } = options
  integerOption('bucketLots', bucketLots, 1)
  integerOption('buckets', buckets, 1)
  return defineFeature({
    name: `vpin_exact_${buckets}x${bucketLots}`,
    unit: 'ratio',
    depth: 0,
    options: { bucketLots, buckets },
    init: () => volumeBuckets.init(bucketLots, buckets),
    standsUntil: () => Infinity,
    step: (state, tick) => {
      const flow = flowOfTrade(tick)
      if (!Number.isNaN(flow)) volumeBuckets.add(state, Math.abs(flow), Math.max(flow, 0))
      return volumeBuckets.imbalance(state)
    },
  })
}
