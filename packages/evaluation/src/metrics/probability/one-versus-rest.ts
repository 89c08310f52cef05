import { classAt } from '../classification/confusion-matrix.js'
import { classCount } from './class-count.js'

export interface OneVersusRest {
  /** The metric of each class against all others. */
  readonly perClass: readonly number[]
  /** Plain mean; NaN where a class is undefined. */
  readonly macro: number
  /** Mean weighted by the rows of each class; NaN where a class is undefined. */
  readonly weighted: number
}

/**
 * A two-class score metric, such as `rocAuc` or `averagePrecision`, of each class against the rest.
 *
 * @param probabilities Row-major [rows, classes].
 * @throws {LobError} LOB_BAD_OPTION where the shapes do not match or `truth` holds no class.
 * @example
 * oneVersusRest(rocAuc, truth, probabilities).macro
 */
export function oneVersusRest(
  metric: (positive: ArrayLike<number>, scores: ArrayLike<number>) => number,
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): OneVersusRest {
  const classes = classCount(truth, probabilities)
  const rows = truth.length
  const positive = new Uint8Array(rows)
  const scores = new Float64Array(rows)
  const perClass: number[] = []
  let macro = 0
  let weighted = 0
  for (let k = 0; k < classes; k++) {
    let support = 0
    for (let row = 0; row < rows; row++) {
      positive[row] = classAt(truth, row, classes) === k ? 1 : 0
      support += positive[row]!
      scores[row] = probabilities[row * classes + k]!
    }
    const value = metric(positive, scores)
    perClass.push(value)
    macro += value / classes
    weighted += (value * support) / rows
  }
  return { perClass, macro, weighted }
}
