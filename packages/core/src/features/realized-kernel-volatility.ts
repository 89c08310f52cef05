import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import type { BarVolatilityName, BarVolatilityOptions } from './bar-volatility.js'
import { returnVolatility } from './return-volatility.js'

export type RealizedKernelOptions = BarVolatilityOptions & {
  /** Lags whose covariance counts, from 1 to `bars` - 1. */
  readonly bandwidth: number
}

type KernelName<Options extends RealizedKernelOptions> = `realized_kernel_${Options['bandwidth']}`

/**
 * Volatility of the mid over a window, freed from the noise of quotes by weighted covariances of returns.
 *
 *   variance = sum over |h| <= H of k(h / (H + 1)) g_h,  g_h = sum of r_j r_(j-|h|),  k the kernel of Parzen
 *
 * with H = `bandwidth`; end points are not averaged. Unit: log-return a window (not annualised, not a mean), as a variance a ratio. Column
 * `realized_kernel_<bandwidth>_vol_<bars>x<span>` or `realized_kernel_<bandwidth>_var_<bars>x<span>`. A bar without a mid stands still.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, and while the book is crossed or not synced. Cost: O(1) an event, O(bars bandwidth) a bar, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bandwidth` is not an integer from 1 to `bars` - 1, or another option is out of its range.
 * @see Barndorff-Nielsen, Hansen, Lunde and Shephard (2009), Econometrics Journal 12(3)
 * @example
 * realizedKernelVolatility({ bars: 300, bandwidth: 20, ticks: 1 }) // column realized_kernel_20_vol_300x1
 */
export function realizedKernelVolatility<const Options extends RealizedKernelOptions>(options: Options): Feature<BarVolatilityName<KernelName<Options>, Options>> {
  const bars = integerOption('bars', options.bars, 2)
  const bandwidth = integerOption('bandwidth', options.bandwidth, 1, bars - 1)
  const weights = Float64Array.from({ length: bandwidth + 1 }, (_, lag) => (lag === 0 ? 1 : 2) * parzen(lag / (bandwidth + 1)))
  return returnVolatility(`realized_kernel_${bandwidth}` as KernelName<Options>, options, 2, {}, (returns) => {
    let variance = 0
    for (let lag = 0; lag <= bandwidth; lag++) {
      let covariance = 0
      for (let j = lag; j < bars; j++) covariance += returns[j]! * returns[j - lag]!
      variance += weights[lag]! * covariance
    }
    return Math.max(variance, 0)
  })
}

const parzen = (x: number): number => (x <= 0.5 ? 1 - 6 * x * x + 6 * x * x * x : 2 * (1 - x) ** 3)
