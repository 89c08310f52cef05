/** A least-squares line. */
export interface FittedLine {
  readonly slope: number
  readonly intercept: number
  /** Share of the variance that the line explains, 0 to 1; NaN where there is none to explain. */
  readonly r2: number
  /** Pairs of numbers that it was fitted to. */
  readonly count: number
}

/** The line y = intercept + slope x of least squares over the pairs without NaN. Slope and intercept are NaN where x does not vary. */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): FittedLine {
  let [count, meanX, meanY, varianceX, varianceY, covariance] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const [across, up] = [x[i] ?? Number.NaN, y[i] ?? Number.NaN]
    if (!Number.isFinite(across + up)) continue
    // Running means keep the digits that sums of squares would lose. @see Welford (1962), Technometrics 4(3)
    count += 1
    const [dx, dy] = [across - meanX, up - meanY]
    meanX += dx / count
    meanY += dy / count
    varianceX += dx * (across - meanX)
    varianceY += dy * (up - meanY)
    covariance += dx * (up - meanY)
  }
  const slope = varianceX > 0 ? covariance / varianceX : Number.NaN
  return { slope, intercept: meanY - slope * meanX, r2: varianceX > 0 && varianceY > 0 ? covariance ** 2 / (varianceX * varianceY) : Number.NaN, count }
}
