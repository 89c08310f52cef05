import { sameLength } from '../../numeric/same-length.js'

export interface OlsRegression {
  /** Change of `y` per unit of `x`. */
  readonly slope: number
  readonly intercept: number
  /** Share of the variance of `y` explained, in sample. */
  readonly r2: number
  /** White (HC0) standard errors: right where the noise varies with `x`, not where it is serially correlated. */
  readonly slopeError: number
  readonly interceptError: number
  /** Rows used: those where neither number is NaN. */
  readonly rows: number
}

/**
 * Ordinary least squares of `y` on one `x` and a constant, with White standard errors.
 *
 *   slope = Sxy / Sxx,  intercept = mean(y) - slope mean(x),  R2 = Sxy^2 / (Sxx Syy)
 *   Var(slope) = sum (x - mean x)^2 e^2 / Sxx^2   (HC0)
 *
 * Sums are of deviations from the means (two passes), so large offsets cost no digits.
 * NaN: all but `rows` with fewer than two rows or constant `x`; `r2` where `y` is constant.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths differ.
 * @see White (1980), Econometrica 48, 817-838; used so by Cont, Kukanov and Stoikov (2014)
 * @example
 * olsRegression([1, 2, 3], [3, 5, 7]) // slope 2, intercept 1, r2 1
 */
export function olsRegression(x: ArrayLike<number>, y: ArrayLike<number>): OlsRegression {
  const length = sameLength('olsRegression', x, y)
  let rows = 0
  let meanX = 0
  let meanY = 0
  for (let row = 0; row < length; row++) {
    if (Number.isNaN(x[row]! + y[row]!)) continue
    rows++
    meanX += (x[row]! - meanX) / rows
    meanY += (y[row]! - meanY) / rows
  }
  let sxx = 0
  let sxy = 0
  let syy = 0
  for (let row = 0; row < length; row++) {
    const dx = x[row]! - meanX
    const dy = y[row]! - meanY
    if (Number.isNaN(dx + dy)) continue
    sxx += dx * dx
    sxy += dx * dy
    syy += dy * dy
  }
  if (rows < 2 || sxx === 0) return { slope: NaN, intercept: NaN, r2: NaN, slopeError: NaN, interceptError: NaN, rows }
  const slope = sxy / sxx
  let slopeVariance = 0
  let interceptVariance = 0
  for (let row = 0; row < length; row++) {
    const dx = x[row]! - meanX
    const error = y[row]! - meanY - slope * dx
    if (Number.isNaN(error)) continue
    slopeVariance += (dx * error) ** 2
    interceptVariance += ((1 / rows - (meanX * dx) / sxx) * error) ** 2
  }
  return {
    slope,
    intercept: meanY - slope * meanX,
    r2: (sxy * sxy) / (sxx * syy),
    slopeError: Math.sqrt(slopeVariance) / sxx,
    interceptError: Math.sqrt(interceptVariance),
    rows,
  }
}
