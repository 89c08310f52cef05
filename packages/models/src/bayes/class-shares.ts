import type { LearnedRow } from './input-learner.js'

/** Class shares among rows, every class counted once more than it was seen: what is said before anything is learned. */
export const classShares = (classes: number) => (rows: readonly LearnedRow[]): Float32Array => {
  const shares = new Float32Array(classes).fill(1 / (rows.length + classes))
  for (const { target } of rows) shares[target]! += 1 / (rows.length + classes)
  return shares
}
