import type { ConfusionMatrix } from './confusion-matrix.js'

export interface ClassScores {
  /** Rows of the class. */
  readonly support: number
  /** Of the rows called this class, the share that was. */
  readonly precision: number
  /** Of the rows of this class, the share that was called so. */
  readonly recall: number
  /** Harmonic mean of the two. */
  readonly f1: number
}

/**
 * Precision, recall and F1 of every class; 0 where the denominator is 0.
 *
 *   precision = c_k / p_k,  recall = c_k / t_k,  F1 = 2 c_k / (p_k + t_k)
 *
 * with c_k right, p_k predicted and t_k true rows of class k. Unit: ratio.
 */
export function classScores({ classes, counts }: ConfusionMatrix): ClassScores[] {
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
  return Array.from({ length: classes }, (_, k) => {
    let support = 0
    let called = 0
    for (let other = 0; other < classes; other++) {
      support += counts[k * classes + other]!
      called += counts[other * classes + k]!
    }
    const right = counts[k * (classes + 1)]!
    return { support, precision: ratio(right, called), recall: ratio(right, support), f1: ratio(2 * right, called + support) }
  })
}
