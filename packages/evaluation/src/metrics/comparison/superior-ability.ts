import { LobError } from '@rxlob/core'
import { stationaryBlocks, type BootstrapOptions } from '../../bootstrap/stationary-blocks.js'
import { sameLength } from '../../numeric/same-length.js'

/** Whether the best of many is better than the benchmark by more than the luck of having tried many. */
export interface SuperiorAbility {
  /** Position of the one with the largest studentised gain. */
  readonly best: number
  /** max_k sqrt(n) mean(d_k) / omega_k, 0 or more. */
  readonly statistic: number
  /** Hansen's test: models that are clearly worse do not count. */
  readonly pValue: number
  /** Bounds: the liberal one, and the conservative one in which every model counts as equal to the benchmark. */
  readonly pLower: number
  readonly pUpper: number
  /** White's reality check: the same question without studentising. */
  readonly realityCheck: number
}

/**
 * Hansen's test for superior predictive ability and White's reality check, by stationary bootstrap.
 *
 *   H0: no model is better than the benchmark.   d_kt = gain of model k on the benchmark at time t, positive where better
 *   omega_k^2 = variance of sqrt(n) mean(d_k) under the bootstrap, in closed form from autocovariances and the block length
 *   recentred by mean(d_k) where sqrt(n) mean(d_k) >= -omega_k sqrt(2 ln ln n), else by 0
 *
 * p-values are shares of draws that reach the statistic. Every configuration that was tried belongs among the models: leaving some out makes the
 * p-value too small. Cost: draws * rows * models.
 *
 * @param gains One series a model, all of one length.
 * @throws {LobError} LOB_BAD_OPTION where there is no model, lengths differ, or there are fewer than 5 mean blocks of rows.
 * @see Hansen (2005), J. Business and Economic Statistics 23, 365-380; White (2000), Econometrica 68, 1097-1126
 */
export function superiorAbility(gains: readonly ArrayLike<number>[], options: BootstrapOptions): SuperiorAbility {
  if (gains.length === 0) throw new LobError('LOB_BAD_OPTION', 'superiorAbility: expected one series of gains or more, got none.')
  for (const series of gains) sameLength('superiorAbility', gains[0]!, series)
  const rows = gains[0]!.length
  const { draws, draw } = stationaryBlocks(rows, options)
  const root = Math.sqrt(rows)
  const means = gains.map((series) => Array.from(series).reduce((sum, value) => sum + value, 0) / rows)
  const omegas = gains.map((series, k) => Math.sqrt(bootstrapVariance(series, means[k]!, options.meanBlockRows)))
  const studentised = means.map((mean, k) => (omegas[k]! > 0 ? (root * mean) / omegas[k]! : mean > 0 ? Infinity : 0))
  const best = studentised.reduce((top, value, k) => (value > studentised[top]! ? k : top), 0)
  const statistic = Math.max(0, studentised[best]!)
  const plain = Math.max(...means.map((mean) => root * mean))
  const bar = -Math.sqrt(2 * Math.log(Math.log(rows)))
  const centres = {
    lower: means.map((mean) => Math.max(0, mean)),
    consistent: means.map((mean, k) => (studentised[k]! >= bar ? mean : 0)),
    upper: means,
  }
  const reached = { lower: 0, consistent: 0, upper: 0, plain: 0 }
  const sums = new Float64Array(gains.length)
  for (let at = 0; at < draws; at++) {
    sums.fill(0)
    draw((first, count) => {
      for (let k = 0; k < gains.length; k++) {
        const series = gains[k]!
        for (let row = first; row < first + count; row++) sums[k]! += series[row]!
      }
    })
    for (const name of ['lower', 'consistent', 'upper'] as const) {
      let most = 0
      for (let k = 0; k < gains.length; k++) if (omegas[k]! > 0) most = Math.max(most, (root * (sums[k]! / rows - centres[name][k]!)) / omegas[k]!)
      if (most >= statistic) reached[name]++
    }
    let most = -Infinity
    for (let k = 0; k < gains.length; k++) most = Math.max(most, root * (sums[k]! / rows - means[k]!))
    if (most >= plain) reached.plain++
  }
  return { best, statistic, pValue: reached.consistent / draws, pLower: reached.lower / draws, pUpper: reached.upper / draws, realityCheck: reached.plain / draws }
}

/** Of sqrt(n) times the mean, as the stationary bootstrap sees it (Politis and Romano, their equation 7). */
function bootstrapVariance(series: ArrayLike<number>, mean: number, meanBlockRows: number): number {
  const rows = series.length
  const q = 1 / meanBlockRows
  let variance = 0
  for (let lag = 0; lag < rows; lag++) {
    const weight = lag === 0 ? 1 : 2 * (((rows - lag) / rows) * (1 - q) ** lag + (lag / rows) * (1 - q) ** (rows - lag))
    if (weight < 1e-12) continue
    let sum = 0
    for (let row = lag; row < rows; row++) sum += (series[row]! - mean) * (series[row - lag]! - mean)
    variance += (weight * sum) / rows
  }
  return Math.max(0, variance)
}
