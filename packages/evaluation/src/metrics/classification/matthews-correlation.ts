import type { ConfusionMatrix } from './confusion-matrix.js'

/**
 * Multi-class Matthews correlation (R_K): 1 is perfect, 0 no better than chance.
 *
 *   (c s - sum_k p_k t_k) / sqrt((s^2 - sum p_k^2) (s^2 - sum t_k^2))
 *
 * with c right and s all rows, p_k predicted and t_k true rows of class k.
 * Unit: ratio, -1 to 1; 0 where the denominator is 0 (one class called or present). NaN without rows.
 *
 * @see Gorodkin (2004), Computational Biology and Chemistry 28, 367-374
 */
export function matthewsCorrelation({ classes, counts }: ConfusionMatrix): number {
  let right = 0
  let total = 0
  let product = 0
  let called2 = 0
  let true2 = 0
  for (let k = 0; k < classes; k++) {
    let truth = 0
    let called = 0
    for (let other = 0; other < classes; other++) {
      truth += counts[k * classes + other]!
      called += counts[other * classes + k]!
    }
    right += counts[k * (classes + 1)]!
    total += truth
    product += called * truth
    called2 += called * called
    true2 += truth * truth
  }
  if (total === 0) return NaN
  const spread = (total * total - called2) * (total * total - true2)
  return spread === 0 ? 0 : (right * total - product) / Math.sqrt(spread)
}
