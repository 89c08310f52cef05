/** Means of one number over ranges of another that hold equally many pairs. */
export interface BinnedMeans {
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** Mean of y less and plus 1.96 standard errors; NaN in a bin of one. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Pairs in the smallest bin. */
  readonly fewest: number
}

/** Splits the pairs without NaN by rank of x into at most `most` bins of at least 5; no bin where there are fewer than 10 pairs. */
export function binnedMeans(x: ArrayLike<number>, y: ArrayLike<number>, most: number): BinnedMeans {
  const pairs = Array.from({ length: x.length }, (_, i) => i)
    .filter((i) => Number.isFinite((x[i] ?? Number.NaN) + (y[i] ?? Number.NaN)))
    .sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0))
  const bins = pairs.length < 10 ? 0 : Math.min(most, Math.floor(pairs.length / 5))
  const means: { x: number[]; y: number[]; low: number[]; high: number[]; fewest: number } = { x: [], y: [], low: [], high: [], fewest: bins === 0 ? 0 : Math.floor(pairs.length / bins) }
  for (let bin = 0; bin < bins; bin++) {
    const members = pairs.slice(Math.floor((bin * pairs.length) / bins), Math.floor(((bin + 1) * pairs.length) / bins))
    const mean = members.reduce((sum, i) => sum + (y[i] ?? 0), 0) / members.length
    const variance = members.reduce((sum, i) => sum + ((y[i] ?? 0) - mean) ** 2, 0) / (members.length - 1)
    const margin = 1.96 * Math.sqrt(variance / members.length)
    means.x.push(members.reduce((sum, i) => sum + (x[i] ?? 0), 0) / members.length)
    means.y.push(mean)
    means.low.push(mean - margin)
    means.high.push(mean + margin)
  }
  return means
}
