/**
 * The logistic function averaged over Gaussian log odds, MacKay's approximation.
 *
 *   sigmoid(mean / sqrt(1 + pi variance / 8))
 *
 * Within 0.02 of the integral.
 *
 * @see MacKay (1992), The evidence framework applied to classification networks, Neural Computation 4(5)
 */
export function mackayProbability(mean: number, variance: number): number {
  return 1 / (1 + Math.exp(-mean / Math.sqrt(1 + (Math.PI * variance) / 8)))
}
