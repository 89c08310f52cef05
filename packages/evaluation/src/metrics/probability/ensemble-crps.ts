/**
 * Continuous ranked probability score of an ensemble of equally likely values, for one row.
 *
 *   mean |x_i - y| - (1 / 2 n^2) sum_ij |x_i - x_j|        (fair: 2 n (n - 1))
 *
 * Unit: of `actual`; 0 is perfect. The fair form estimates the score of the distribution the members are
 * drawn from, and may be negative. NaN without members, with a single one where `fair`. Cost: O(n log n).
 *
 * @param options.fair Divides by n (n - 1) instead of n^2. Default false.
 * @see Hersbach (2000), Weather and Forecasting 15, 559-570; Ferro (2014), QJRMS 140, 1917-1923
 */
export function ensembleCrps(actual: number, members: ArrayLike<number>, options: { readonly fair?: boolean } = {}): number {
  const sorted = Float64Array.from(members).sort()
  const n = sorted.length
  let miss = 0
  let spread = 0
  for (let i = 0; i < n; i++) {
    miss += Math.abs(sorted[i]! - actual)
    // Half of the double sum: in sorted order the i-th value is added i times and taken away n - 1 - i times.
    spread += (2 * i - n + 1) * sorted[i]!
  }
  return miss / n - spread / (n * (options.fair ? n - 1 : n))
}
