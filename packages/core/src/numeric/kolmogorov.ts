export interface KolmogorovTest {
  /** Largest distance between the sample's distribution and the one expected. */
  readonly distance: number
  /** Chance of a distance as large from a sample of that distribution; NaN for none. */
  readonly p: number
}

/**
 * Kolmogorov and Smirnov's test of a sample against a continuous distribution.
 *
 *   D = max |F_n - F|,  p = 2 sum over k >= 1 of (-1)^(k-1) exp(-2 k^2 x^2),  x = (sqrt(n) + 0.12 + 0.11 / sqrt(n)) D
 *
 * The p-value is Stephens's, good to a few thousandths from n = 5 on. Cost: O(n log n).
 *
 * @see Stephens (1970), J. Royal Statistical Society B 32(1), table 1
 */
export function kolmogorov(sample: ArrayLike<number>, distribution: (value: number) => number): KolmogorovTest {
  const n = sample.length
  const sorted = Float64Array.from(sample).sort()
  let distance = 0
  sorted.forEach((value, at) => {
    const expected = distribution(value)
    distance = Math.max(distance, expected - at / n, (at + 1) / n - expected)
  })
  return { distance, p: survival((Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance) }
}

/** P(K > x) of Kolmogorov's distribution; below 1 / 2 its alternating series has not begun to converge, and of the other one the first term is all there is. NaN for NaN. */
function survival(x: number): number {
  if (x < 0.5) return 1 - (Math.sqrt(2 * Math.PI) / x) * Math.exp((-Math.PI * Math.PI) / (8 * x * x))
  let sum = 0
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return Math.min(Math.max(sum, 0), 1)
}
