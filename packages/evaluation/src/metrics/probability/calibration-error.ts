import { reliabilityBins, type ReliabilityOptions } from './reliability-bins.js'

/**
 * Expected calibration error (ECE): how far stated probabilities lie from what came true, averaged over bins.
 *
 *   sum_b (n_b / n) |accuracy_b - confidence_b|
 *
 * Unit: ratio, 0 is calibrated. Depends on the bins: state them. Biased upward in small samples.
 * NaN without rows.
 *
 * @param confidence Stated probabilities, 0 to 1; of the called class where there are several (`topLabel`).
 * @param correct 1 (or true) where it came true.
 * @param options.bins Number of bins. Default 15.
 * @param options.equal `width` for bins (lo, hi] of equal width, `mass` for equally many rows each. Default `width`.
 * @throws {LobError} LOB_BAD_OPTION where lengths differ or `bins` is not a positive integer.
 * @see Naeini, Cooper and Hauskrecht (2015), AAAI; Guo et al. (2017), ICML
 */
export function calibrationError(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number | boolean>,
  options: ReliabilityOptions = {},
): number {
  let sum = 0
  for (const bin of reliabilityBins(confidence, correct, options)) {
    if (bin.rows > 0) sum += bin.rows * Math.abs(bin.accuracy - bin.confidence)
  }
  return sum / confidence.length
}
