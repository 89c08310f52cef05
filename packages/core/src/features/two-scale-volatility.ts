import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import type { BarVolatilityName, BarVolatilityOptions } from './bar-volatility.js'
import { returnVolatility } from './return-volatility.js'

export type TwoScaleOptions = BarVolatilityOptions & {
  /** Bars from point to point of the slow grid, from 2 to `bars` - 1. The authors' best grows as `bars`^(2/3). */
  readonly scale: number
}

type ScaleName<Options extends TwoScaleOptions> = `two_scale_${Options['scale']}`

/**
 * Volatility of the mid over a window, freed from the noise of quotes by two grids.
 *
 *   variance = (A - (m / n) RV) / (1 - m / n),  A = (1 / K) sum over k of (ln(mid_(k+K) / mid_k))^2,  RV = sum of r_k^2,  m = (n - K + 1) / K
 *
 * with n = `bars` returns and K = `scale`. Unit: log-return a window (not annualised, not a mean), as a variance a ratio. Column
 * `two_scale_<scale>_vol_<bars>x<span>` or `two_scale_<scale>_var_<bars>x<span>`. A bar without a mid stands still.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, where the estimate is below 0, and while the book is crossed or not synced.
 * Cost: O(1) an event, O(bars) a bar, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `scale` is not an integer from 2 to `bars` - 1, or another option is out of its range.
 * @see Zhang, Mykland and Ait-Sahalia (2005), J. American Statistical Association 100(472), equations 55 and 64
 * @example
 * twoScaleVolatility({ bars: 300, scale: 30, ticks: 1 }) // column two_scale_30_vol_300x1
 */
export function twoScaleVolatility<const Options extends TwoScaleOptions>(options: Options): Feature<BarVolatilityName<ScaleName<Options>, Options>> {
  const bars = integerOption('bars', options.bars, 3)
  const scale = integerOption('scale', options.scale, 2, bars - 1)
  const ratio = (bars - scale + 1) / scale / bars
  return returnVolatility(`two_scale_${scale}` as ScaleName<Options>, options, 3, {}, (returns) => {
    let fast = 0
    let slow = 0
    let move = 0
    for (let k = 0; k < bars; k++) {
      fast += returns[k]! * returns[k]!
      move += returns[k]! - (k < scale ? 0 : returns[k - scale]!)
      if (k >= scale - 1) slow += move * move
    }
    const variance = (slow / scale - ratio * fast) / (1 - ratio)
    return variance >= 0 ? variance : NaN
  })
}
