import type { Feature } from '../contracts/feature.js'
import type { BarVolatilityName, BarVolatilityOptions } from './bar-volatility.js'
import { returnVolatility } from './return-volatility.js'

/**
 * Volatility of the mid over a window that single jumps leave alone: products of neighbouring returns.
 *
 *   variance = (pi / 2) (n / (n - 1)) sum over k >= 2 of |r_k| |r_(k-1)|,  r_k = ln(mid_k / mid_(k-1)) at the ends of bars
 *
 * Unit: log-return a window (not annualised, not a mean), as a variance a ratio. Column `bipower_vol_<bars>x<span>` or `bipower_var_<bars>x<span>`; realized
 * variance less it is the part of jumps. A bar without a mid stands still. The window is the last `bars` bars of `ticks` rows, or between multiples of
 * `micros` on `tsLocal`; the value stays until the next bar ends. NaN until there were so many bars, and while the book is crossed or not synced.
 * Cost: O(1) an event, O(bars) a bar, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bars` is not an integer of 2 or more, or another option is out of its range.
 * @see Barndorff-Nielsen and Shephard (2004), J. Financial Econometrics 2(1)
 * @example
 * bipowerVolatility({ bars: 60, micros: 1_000_000 }) // column bipower_vol_60x1s
 */
export function bipowerVolatility<const Options extends BarVolatilityOptions>(options: Options): Feature<BarVolatilityName<'bipower', Options>> {
  return returnVolatility('bipower', options, 2, {}, (returns) => {
    let sum = 0
    for (let k = 1; k < returns.length; k++) sum += Math.abs(returns[k]! * returns[k - 1]!)
    return (Math.PI / 2) * (returns.length / (returns.length - 1)) * sum
  })
}
