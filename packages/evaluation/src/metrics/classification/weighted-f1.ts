import { classScores } from './class-scores.js'
import type { ConfusionMatrix } from './confusion-matrix.js'

/** Mean of the classes' F1, weighted by their rows. Unit: ratio. NaN without rows. */
export function weightedF1(matrix: ConfusionMatrix): number {
  let sum = 0
  let rows = 0
  for (const { f1, support } of classScores(matrix)) {
    sum += f1 * support
    rows += support
  }
  return sum / rows
}
