import { sameLength } from '../../numeric/same-length.js'

/**
 * Pearson correlation of two series (the information coefficient of a forecast and its outcome).
 *
 * Unit: ratio, -1 to 1. Rows with a NaN are left out. NaN with fewer than two rows or a constant series.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths differ.
 */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const length = sameLength('pearsonCorrelation', x, y)
  let rows = 0
  let meanX = 0
  let meanY = 0
  let sxx = 0
  let syy = 0
  let sxy = 0
  for (let row = 0; row < length; row++) {
    const dx = x[row]! - meanX
    const dy = y[row]! - meanY
    if (Number.isNaN(dx + dy)) continue
    rows++
    meanX += dx / rows
    meanY += dy / rows
    sxx += dx * (x[row]! - meanX)
    syy += dy * (y[row]! - meanY)
    sxy += dx * (y[row]! - meanY)
  }
  return rows < 2 || sxx === 0 || syy === 0 ? NaN : sxy / Math.sqrt(sxx) / Math.sqrt(syy)
}
