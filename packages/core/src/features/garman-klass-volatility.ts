import type { Feature } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { barVolatility, type BarVolatilityName, type BarVolatilityOptions } from './bar-volatility.js'
import { logRatio } from './log-ratio.js'

export type GarmanKlassOptions = BarVolatilityOptions & {
  /** `short` is what most libraries compute, `full` the authors' best estimator. Default `short`. */
  readonly form?: 'short' | 'full'
}

type FormName<Options extends GarmanKlassOptions> = Options extends { readonly form: 'full' } ? 'garman_klass_full' : 'garman_klass'

/**
 * Volatility of the mid from open, high, low and close of bars, mean over a window.
 *
 *   short: 0.5 ln(H / L)^2 - (2 ln 2 - 1) ln(C / O)^2
 *   full: 0.511 (u - d)^2 - 0.019 [c (u + d) - 2 u d] - 0.383 c^2,  u = ln(H / O), d = ln(L / O), c = ln(C / O)
 *
 * Unit: log-return a bar (not annualised), as a variance a ratio. Column `garman_klass_vol_<bars>x<span>`, `garman_klass_var_...`, or `garman_klass_full_...`.
 * Assumes no drift and no jump between bars. A bar opens at its first mid; one without a mid stands still.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, and while the book is crossed or not synced. Cost: O(1) an event, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bars` or exactly one of `ticks` and `micros` is not an integer of 1 or more, or another option is unknown.
 * @see Garman and Klass (1980), J. Business 53(1), estimators 5 and 4
 * @example
 * garmanKlassVolatility({ bars: 20, micros: 60_000_000 }) // column garman_klass_vol_20x60s
 */
export function garmanKlassVolatility<const Options extends GarmanKlassOptions>(options: Options): Feature<BarVolatilityName<FormName<Options>, Options>> {
  const { form = 'short' } = options
  if (form !== 'short' && form !== 'full') throw new LobError('LOB_BAD_OPTION', `Option form: expected short or full, got ${String(form)}.`)
  return form === 'short'
    ? barVolatility('garman_klass' as FormName<Options>, options, ({ open, high, low, close }) => 0.5 * logRatio(high, low) ** 2 - (2 * Math.LN2 - 1) * logRatio(close, open) ** 2)
    : barVolatility('garman_klass_full' as FormName<Options>, options, ({ open, high, low, close }) => {
        const u = logRatio(high, open)
        const d = logRatio(low, open)
        const c = logRatio(close, open)
        return 0.511 * (u - d) ** 2 - 0.019 * (c * (u + d) - 2 * u * d) - 0.383 * c * c
      })
}
