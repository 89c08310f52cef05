import { classAt } from '../classification/confusion-matrix.js'
import { classCount } from './class-count.js'

/** The most probable class of every row, its probability, and whether it came true. */
export interface TopLabel {
  readonly calls: Int32Array
  readonly confidence: Float64Array
  /** 1 where the call was right. */
  readonly correct: Uint8Array
}

/**
 * Turns class probabilities into calls: the most probable class, the first one of equals.
 *
 * @param probabilities Row-major [rows, classes].
 * @throws {LobError} LOB_BAD_OPTION where the shapes do not match or `truth` holds no class.
 */
export function topLabel(truth: ArrayLike<number>, probabilities: ArrayLike<number>): TopLabel {
  const classes = classCount(truth, probabilities)
  const rows = truth.length
  const calls = new Int32Array(rows)
  const confidence = new Float64Array(rows)
  const correct = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    const call = argMax(probabilities, row * classes, classes)
    calls[row] = call
    confidence[row] = probabilities[row * classes + call]!
    correct[row] = call === classAt(truth, row, classes) ? 1 : 0
  }
  return { calls, confidence, correct }
}

/** Place, counted from `at`, of the largest of `count` numbers; the first one of equals. */
export function argMax(values: ArrayLike<number>, at: number, count: number): number {
  let best = 0
  for (let k = 1; k < count; k++) if (values[at + k]! > values[at + best]!) best = k
  return best
}
