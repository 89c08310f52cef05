import type { ConfusionMatrix } from './confusion-matrix.js'

/**
 * Share of rows whose class was called right (micro-F1 is the same number).
 *
 *   trace / total
 *
 * Unit: ratio. NaN without rows. Says little without the majority share beside it.
 */
export function accuracy({ classes, counts }: ConfusionMatrix): number {
  let right = 0
  let total = 0
  for (let cell = 0; cell < counts.length; cell++) {
    total += counts[cell]!
    if (cell % (classes + 1) === 0) right += counts[cell]!
  }
  return right / total
}
