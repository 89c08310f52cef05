import { classScores } from './class-scores.js'
import type { ConfusionMatrix } from './confusion-matrix.js'

/** Unweighted mean of the classes' F1; a class that is absent and never called counts as 0. Unit: ratio. NaN without rows. */
export function macroF1(matrix: ConfusionMatrix): number {
  const scores = classScores(matrix)
  if (scores.every(({ support }) => support === 0)) return NaN
  return scores.reduce((sum, { f1 }) => sum + f1, 0) / matrix.classes
}
