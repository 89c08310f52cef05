/**
 * Edges of imbalance buckets with equal shares of the sample, ascending and symmetric about 0.
 *
 *   e_j = (q(j / n) - q(1 - j / n)) / 2,  q the sample quantile, linearly interpolated
 */
export function quantileEdges(imbalance: ArrayLike<number>, buckets: number): Float64Array {
  const sorted = Float64Array.from(imbalance).filter((value) => !Number.isNaN(value)).sort()
  const quantile = (share: number): number => {
    const at = (sorted.length - 1) * share
    const below = sorted[Math.floor(at)]!
    return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at))
  }
  return Float64Array.from({ length: buckets - 1 }, (_, j) => (quantile((j + 1) / buckets) - quantile((buckets - j - 1) / buckets)) / 2)
}
