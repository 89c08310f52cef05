import { normalCdf, normalDensity } from '@rxlob/core'

/**
 * Continuous ranked probability score of a Gaussian forecast, for one row.
 *
 *   s [ z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi) ],  z = (y - mean) / s
 *
 * Unit: of `actual`; 0 is perfect. The absolute error where the deviation is 0; NaN where an input is or it is negative.
 *
 * @see Gneiting and Raftery (2007), JASA 102, 359-378, section 4.2
 */
export function gaussianCrps(actual: number, forecast: { readonly mean: number; readonly deviation: number }): number {
  const { mean, deviation } = forecast
  if (deviation === 0) return Math.abs(actual - mean)
  if (!(deviation > 0)) return NaN
  const z = (actual - mean) / deviation
  return deviation * (z * (2 * normalCdf(z) - 1) + 2 * normalDensity(z) - 1 / Math.sqrt(Math.PI))
}
