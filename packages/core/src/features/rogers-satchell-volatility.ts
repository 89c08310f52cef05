import type { Feature } from '../contracts/feature.js'
import { barVolatility, type BarVolatilityName, type BarVolatilityOptions } from './bar-volatility.js'
import { logRatio } from './log-ratio.js'
import type { MidBars } from './mid-bars.js'

/** ln(H / C) ln(H / O) + ln(L / C) ln(L / O) of a bar. */
export const rogersSatchell = ({ open, high, low, close }: Pick<MidBars, 'open' | 'high' | 'low' | 'close'>): number =>
  logRatio(high, close) * logRatio(high, open) + logRatio(low, close) * logRatio(low, open)

/**
 * Volatility of the mid from open, high, low and close of bars whatever the drift, mean over a window.
 *
 *   variance = mean of ln(H / C) ln(H / O) + ln(L / C) ln(L / O)
 *
 * Unit: log-return a bar (not annualised), as a variance a ratio. Column `rogers_satchell_vol_<bars>x<span>` or `rogers_satchell_var_<bars>x<span>`.
 * A bar opens at its first mid; one without a mid stands still. Jumps between bars are not seen.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, and while the book is crossed or not synced. Cost: O(1) an event, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bars` or exactly one of `ticks` and `micros` is not an integer of 1 or more, or `measure` is unknown.
 * @see Rogers and Satchell (1991), Annals of Applied Probability 1(4)
 * @example
 * rogersSatchellVolatility({ bars: 20, micros: 60_000_000 }) // column rogers_satchell_vol_20x60s
 */
export function rogersSatchellVolatility<const Options extends BarVolatilityOptions>(options: Options): Feature<BarVolatilityName<'rogers_satchell', Options>> {
  return barVolatility('rogers_satchell', options, rogersSatchell)
}
