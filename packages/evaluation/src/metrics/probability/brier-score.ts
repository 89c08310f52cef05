import { classAt } from '../classification/confusion-matrix.js'
import { classCount } from './class-count.js'

/**
 * Multi-class Brier score, summed over the classes: 0 is perfect, 2 is certain and wrong.
 * (The binary convention that counts one class alone is half of it.)
 *
 *   mean over rows of sum_k (p_k - 1{y = k})^2
 *
 * Unit: ratio, 0 to 2. NaN without rows.
 *
 * @param probabilities Row-major [rows, classes].
 * @throws {LobError} LOB_BAD_OPTION where the shapes do not match or `truth` holds no class.
 * @see Brier (1950), Monthly Weather Review 78(1)
 */
export function brierScore(truth: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const classes = classCount(truth, probabilities)
  let sum = 0
  for (let row = 0; row < truth.length; row++) sum += brierLoss(probabilities, row * classes, classes, classAt(truth, row, classes))
  return sum / truth.length
}

/** Brier loss of one row: its `classes` probabilities start at `at`. */
export function brierLoss(probabilities: ArrayLike<number>, at: number, classes: number, truth: number): number {
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const miss = probabilities[at + k]! - (k === truth ? 1 : 0)
    sum += miss * miss
  }
  return sum
}
