import { accuracy } from './accuracy.js'
import type { ConfusionMatrix } from './confusion-matrix.js'

/**
 * Cohen's kappa: agreement beyond what the class shares alone would give.
 *
 *   (po - pe) / (1 - pe),  po = accuracy,  pe = sum_k p_k t_k / s^2
 *
 * Unit: ratio, 1 is perfect. NaN where one class alone is called and present, and without rows.
 */
export function cohenKappa(matrix: ConfusionMatrix): number {
  const { classes, counts } = matrix
  let total = 0
  let product = 0
  for (let k = 0; k < classes; k++) {
    let truth = 0
    let called = 0
    for (let other = 0; other < classes; other++) {
      truth += counts[k * classes + other]!
      called += counts[other * classes + k]!
    }
    total += truth
    product += called * truth
  }
  const chance = product / (total * total)
  return (accuracy(matrix) - chance) / (1 - chance)
}
