import { integerOption, numberOption } from '../option-range.js'

export interface PureDeathOptions {
  /** Orders ahead of one's own, 0 or more. */
  readonly ordersAhead: number
  /** Rate of market orders, each taking one order; above 0. */
  readonly marketRate: number
  /** Rate at which each order ahead is cancelled, 0 or more. */
  readonly cancelRate: number
}

export interface PureDeath {
  /** Expected time to the own fill. */
  readonly mean: number
  /** Probability that it has not come by `time`. */
  survival(time: number): number
}

/**
 * Time to fill of an order that never cancels, in a queue that only loses orders: one by market orders, each of those ahead by its own cancellation.
 *
 *   stages r_j = marketRate + cancelRate j, j = ordersAhead .. 0;  E[T] = sum of 1 / r_j;  T the sum of the stages' exponential times
 *
 * Unit: that of the rates. The survival is summed by uniformisation, so that equal or near rates lose no digits.
 * Cost of `survival`: O(ordersAhead (r time + 60)) with the greatest rate r.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range.
 * @see Cont, Stoikov and Talreja (2010), Operations Research 58(3), section 4.3
 */
export function pureDeath(options: PureDeathOptions): PureDeath {
  const ahead = integerOption('ordersAhead', options.ordersAhead, 0)
  const market = numberOption('marketRate', options.marketRate, Number.MIN_VALUE, Number.MAX_VALUE)
  const cancel = numberOption('cancelRate', options.cancelRate, 0, Number.MAX_VALUE)
  const rates = Float64Array.from({ length: ahead + 1 }, (_, stage) => market + cancel * (ahead - stage))
  return {
    mean: rates.reduce((sum, rate) => sum + 1 / rate, 0),
    survival: (time) => survivalAt(rates, time),
  }
}

/** A chain that jumps at the greatest rate and at each jump leaves its stage with probability r_j / r: the jumps by `time` are Poisson. */
function survivalAt(rates: Float64Array, time: number): number {
  if (!(time > 0)) return time <= 0 ? 1 : NaN
  const rate = rates[0]!
  const jumps = rate * time
  let here = new Float64Array(rates.length)
  here[0] = 1
  let sum = 0
  const last = Math.ceil(jumps + 12 * Math.sqrt(jumps) + 60)
  for (let n = 0, logWeight = -jumps; n <= last; logWeight += Math.log(jumps / ++n)) {
    sum += Math.exp(logWeight) * here.reduce((total, share) => total + share, 0)
    const next = new Float64Array(rates.length)
    for (let stage = 0; stage < rates.length; stage++) {
      const leaves = (here[stage]! * rates[stage]!) / rate
      next[stage]! += here[stage]! - leaves
      if (stage + 1 < rates.length) next[stage + 1]! += leaves
    }
    here = next
  }
  return Math.min(sum, 1)
}
