import { argMax } from '../metrics/probability/top-label.js'
import type { Baseline } from './baseline.js'

/**
 * Calls the class that was most frequent among the labels settled so far.
 *
 *   p_k = (n_k + 1) / (n + classes)
 *
 * Always has a view. Cost: O(classes) a row.
 */
export function majorityClass(): Baseline {
  return {
    name: 'majority_class',
    start: (_, classes) => {
      const counts = new Float64Array(classes)
      return {
        predict: (_row, out) => {
          shares(counts, 0, classes, out)
          return argMax(out, 0, classes)
        },
        learn: (_row, target) => {
          counts[target]! += 1
        },
      }
    },
  }
}

/** Shares of `classes` counts from `at` on, with one row of each class added (a flat Dirichlet prior). */
export function shares(counts: Float64Array, at: number, classes: number, out: Float64Array): void {
  let total = classes
  for (let k = 0; k < classes; k++) total += counts[at + k]!
  for (let k = 0; k < classes; k++) out[k] = (counts[at + k]! + 1) / total
}
