/** Row numbers ordered by falling score; equal scores keep row order. NaN scores come last. */
export function ranking(scores: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row)
  const key = (row: number): number => {
    const score = scores[row]!
    return Number.isNaN(score) ? -Infinity : score
  }
  return order.sort((a, b) => {
    const left = key(a)
    const right = key(b)
    return left === right ? a - b : right - left
  })
}
