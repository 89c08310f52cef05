/** Row numbers ordered by falling score; equal scores keep row order. NaN scores come last. */
export function ranking(scores: ArrayLike<number>): Uint32Array {
  const keys = Float64Array.from(scores, (score) => (Number.isNaN(score) ? Infinity : -score))
  return Uint32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b)
}
