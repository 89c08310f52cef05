import { classAt } from '../classification/confusion-matrix.js'
import { classCount } from './class-count.js'

/**
 * Ranked probability score of ordered classes (down, flat, up): a miss by two classes costs more than by one.
 *
 *   mean over rows of sum_{k < K} (sum_{j <= k} p_j - 1{y <= k})^2
 *
 * Unit: ratio, 0 to K - 1 (not divided by K - 1); half the Brier score for two classes. NaN without rows.
 *
 * @param probabilities Row-major [rows, classes], classes in their order.
 * @throws {LobError} LOB_BAD_OPTION where the shapes do not match or `truth` holds no class.
 * @see Epstein (1969), J. Applied Meteorology 8, 985-987
 */
export function rankedProbabilityScore(truth: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const classes = classCount(truth, probabilities)
  let sum = 0
  for (let row = 0; row < truth.length; row++) {
    const outcome = classAt(truth, row, classes)
    let cumulative = 0
    for (let k = 0; k < classes - 1; k++) {
      cumulative += probabilities[row * classes + k]!
      const miss = cumulative - (outcome <= k ? 1 : 0)
      sum += miss * miss
    }
  }
  return sum / truth.length
}
