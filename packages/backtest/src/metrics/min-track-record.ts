import { numberOption } from '@rxlob/core'
import { normalQuantile } from '../numeric/normal-quantile.js'

/** A Sharpe ratio per interval, and the shape of the returns behind it. */
export interface TrackRecord {
  readonly sharpe: number
  /** Default 0. */
  readonly skewness?: number
  /** 3 for a normal, the default. */
  readonly kurtosis?: number
}

/**
 * Intervals that must have been seen before a Sharpe ratio is above a benchmark at a confidence.
 *
 *   n = 1 + (1 - skew SR + (kurtosis - 1) / 4 SR^2) (z / (SR - benchmark))^2
 *
 * Infinity where the ratio is not above the benchmark.
 *
 * @param options.confidence Above 0.5 to below 1. Default 0.95.
 * @param options.benchmark Per interval. Default 0.
 * @throws {LobError} LOB_BAD_OPTION where the confidence is out of range.
 * @see Bailey and Lopez de Prado (2012), J. Risk 15(2), equation 11
 */
export function minTrackRecord({ sharpe, skewness = 0, kurtosis = 3 }: TrackRecord, options: { readonly confidence?: number; readonly benchmark?: number } = {}): number {
  const z = normalQuantile(numberOption('confidence', options.confidence ?? 0.95, 0.5, 1 - Number.EPSILON))
  const { benchmark = 0 } = options
  if (Number.isNaN(sharpe)) return NaN
  if (sharpe <= benchmark) return Infinity
  return 1 + (1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe) * (z / (sharpe - benchmark)) ** 2
}
