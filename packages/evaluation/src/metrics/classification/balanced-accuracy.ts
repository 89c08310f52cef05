import { classScores } from './class-scores.js'
import type { ConfusionMatrix } from './confusion-matrix.js'

/** Mean recall over the classes that occur: 1 / classes for a guess, whatever the shares. Unit: ratio. NaN without rows. */
export function balancedAccuracy(matrix: ConfusionMatrix): number {
  const present = classScores(matrix).filter(({ support }) => support > 0)
  return present.reduce((sum, { recall }) => sum + recall, 0) / present.length
}
