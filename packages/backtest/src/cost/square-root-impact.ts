import { numberOption } from '@rxlob/core'

export interface SquareRootImpactOptions {
  /** Y, 0 to 10; 0.5 to 1 fits most markets. Default 1. */
  readonly impact?: number
  /** Daily volatility as a fraction of the price, 0 or more. */
  readonly dailyVolatility: number
  /** Traded in a day, in the unit of the order's size, above 0. */
  readonly dailyVolume: number
}

/**
 * Fraction of the price by which an order of a size moves it.
 *
 *   impact = Y sigma_day sqrt(size / volume_day)
 *
 * Unit: ratio. 0 at size 0. Beyond a tenth of the day's volume it is an extrapolation.
 *
 * @param size In the unit of `dailyVolume`, 0 or more.
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @see Almgren, Thum, Hauptmann and Li (2005), Direct estimation of equity market impact; Toth et al. (2011), Phys. Rev. X 1, 021006
 */
export function squareRootImpact(size: number, options: SquareRootImpactOptions): number {
  const y = numberOption('impact', options.impact ?? 1, 0, 10)
  const sigma = numberOption('dailyVolatility', options.dailyVolatility, 0, Number.MAX_VALUE)
  const volume = numberOption('dailyVolume', options.dailyVolume, Number.MIN_VALUE, Number.MAX_VALUE)
  return y * sigma * Math.sqrt(numberOption('size', size, 0, Number.MAX_VALUE) / volume)
}
