import { normalCdf } from '@rxlob/core'

/**
 * Probability integral transform of a Gaussian forecast, for one row: where in the forecast distribution the outcome fell.
 * Uniform over many rows if the forecasts are calibrated.
 *
 *   Phi((y - mean) / deviation)
 *
 * Unit: ratio, 0 to 1. NaN unless the deviation is above 0.
 *
 * @see Diebold, Gunther and Tay (1998), International Economic Review 39, 863-883
 */
export const gaussianPit = (actual: number, forecast: { readonly mean: number; readonly deviation: number }): number =>
  forecast.deviation > 0 ? normalCdf((actual - forecast.mean) / forecast.deviation) : NaN
