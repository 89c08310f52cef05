import { integerOption, LobError, studentTwoSided } from '@rxlob/core'
import { sameLength } from '../../numeric/same-length.js'
import { neweyWestVariance } from './newey-west-variance.js'

export interface DieboldMarianoOptions {
  /** Rows that a forecast looks ahead, 1 or more: losses of overlapping horizons are serially correlated. */
  readonly horizonRows: number
  /** Lags of the Newey-West variance, `horizonRows - 1` or more. Default the larger of that and floor(4 (n / 100)^(2/9)). */
  readonly lagRows?: number
}

export interface DieboldMariano {
  /** Mean of (loss of the first - loss of the second): negative where the first forecast is better. */
  readonly meanDifference: number
  /** With the small-sample correction; Student t with n - 1 degrees under equal accuracy. */
  readonly statistic: number
  /** Two-sided. */
  readonly pValue: number
  readonly lagRows: number
}

/**
 * Diebold-Mariano test of equal predictive accuracy on per-row losses, with the Newey-West variance
 * and the small-sample correction of Harvey, Leybourne and Newbold.
 *
 *   d = lossA - lossB,  DM = mean(d) / sqrt(neweyWestVariance(d) / n) * sqrt((n + 1 - 2h + h (h - 1) / n) / n)
 *
 * `statistic` and `pValue` are NaN where every difference is equal. Cost: O(rows * lags).
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths differ, a loss is NaN, there are not more than 2 * `horizonRows` rows,
 *   or `lagRows` is below `horizonRows - 1`.
 * @see Diebold and Mariano (1995), JBES 13(3); Harvey, Leybourne and Newbold (1997), Int. J. Forecasting 13, equation 8
 */
export function dieboldMariano(lossA: ArrayLike<number>, lossB: ArrayLike<number>, options: DieboldMarianoOptions): DieboldMariano {
  const rows = sameLength('dieboldMariano', lossA, lossB)
  const horizonRows = integerOption('horizonRows', options.horizonRows, 1)
  if (rows <= 2 * horizonRows) {
    throw new LobError('LOB_BAD_OPTION', `dieboldMariano: expected more than ${2 * horizonRows} rows for horizonRows ${horizonRows}, got ${rows}.`)
  }
  const usual = Math.min(rows - 1, Math.floor(4 * (rows / 100) ** (2 / 9)))
  const lagRows = integerOption('lagRows', options.lagRows ?? Math.max(horizonRows - 1, usual), horizonRows - 1, rows - 1)
  const difference = new Float64Array(rows)
  let meanDifference = 0
  for (let row = 0; row < rows; row++) {
    difference[row] = lossA[row]! - lossB[row]!
    if (Number.isNaN(difference[row])) {
      throw new LobError('LOB_BAD_OPTION', `dieboldMariano: the loss of row ${row} is NaN; compare rows where both forecasts exist.`)
    }
    meanDifference += difference[row]! / rows
  }
  const variance = neweyWestVariance(difference, { lagRows })
  const correction = Math.sqrt((rows + 1 - 2 * horizonRows + (horizonRows * (horizonRows - 1)) / rows) / rows)
  const statistic = variance > 0 ? (meanDifference / Math.sqrt(variance / rows)) * correction : NaN
  return { meanDifference, statistic, pValue: studentTwoSided(statistic, rows - 1), lagRows }
}
