import { integerOption, numberOption } from '@rxlob/core'

export interface AlmgrenChrissOptions {
  /** Units to sell or buy, above 0. */
  readonly size: number
  /** Slices, 1 or more. */
  readonly slices: number
  /** Length of a slice, time units, above 0. Default 1. */
  readonly sliceTime?: number
  /** Volatility of the price: price units a square root of a time unit, above 0. */
  readonly volatility: number
  /** Fixed cost a unit (half-spread and fees), price units, 0 or more. Default 0. */
  readonly fixedCost?: number
  /** eta: temporary impact, price units per (units a time unit), above 0. */
  readonly temporaryImpact: number
  /** gamma: permanent impact, price units a unit, 0 or more. Default 0. */
  readonly permanentImpact?: number
  /** lambda: weight of variance against cost, 0 or more; at 0 the slices are equal (TWAP). */
  readonly riskAversion: number
}

export interface AlmgrenChrissPlan {
  /** Of the trajectory, per time unit. */
  readonly kappa: number
  /** Units still held after each slice, from `size` to 0: slices + 1 numbers. */
  readonly holdings: readonly number[]
  /** Units traded in each slice. */
  readonly trades: readonly number[]
  /** Currency. */
  readonly expectedCost: number
  /** Currency squared. */
  readonly costVariance: number
}

/**
 * The schedule that trades expected cost against its variance, and what it costs.
 *
 *   etaT = eta - gamma tau / 2      kappaT^2 = lambda sigma^2 / etaT      kappa = acosh(kappaT^2 tau^2 / 2 + 1) / tau
 *   x_j = X sinh(kappa (T - j tau)) / sinh(kappa T)
 *   E = gamma X^2 / 2 + eps sum |n_j| + etaT / tau sum n_j^2      V = sigma^2 tau sum x_j^2
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range, or permanent impact outweighs temporary (etaT of 0 or less).
 * @see Almgren and Chriss (2001), Optimal execution of portfolio transactions, J. Risk 3, 5-39, section 2
 */
export function almgrenChriss(options: AlmgrenChrissOptions): AlmgrenChrissPlan {
  const positive = (name: string, value: number): number => numberOption(name, value, Number.MIN_VALUE, Number.MAX_VALUE)
  const size = positive('size', options.size)
  const slices = integerOption('slices', options.slices, 1)
  const tau = positive('sliceTime', options.sliceTime ?? 1)
  const sigma = positive('volatility', options.volatility)
  const fixed = numberOption('fixedCost', options.fixedCost ?? 0, 0, Number.MAX_VALUE)
  const eta = positive('temporaryImpact', options.temporaryImpact)
  const gamma = numberOption('permanentImpact', options.permanentImpact ?? 0, 0, Number.MAX_VALUE)
  const lambda = numberOption('riskAversion', options.riskAversion, 0, Number.MAX_VALUE)
  const adjusted = positive('temporaryImpact less permanentImpact * sliceTime / 2', eta - (gamma * tau) / 2)
  const kappa = Math.acosh((lambda * sigma * sigma * tau * tau) / adjusted / 2 + 1) / tau
  const end = slices * tau
  const held = (slice: number): number => (kappa === 0 ? 1 - slice / slices : Math.sinh(kappa * (end - slice * tau)) / Math.sinh(kappa * end))
  const holdings = Array.from({ length: slices + 1 }, (_, slice) => (slice === slices ? 0 : size * held(slice)))
  const trades = holdings.slice(1).map((after, slice) => holdings[slice]! - after)
  const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0)
  return {
    kappa,
    holdings,
    trades,
    expectedCost: (gamma * size * size) / 2 + fixed * size + (adjusted / tau) * squares(trades),
    costVariance: sigma * sigma * tau * squares(holdings.slice(1)),
  }
}
