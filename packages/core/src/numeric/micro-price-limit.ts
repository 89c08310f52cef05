import { solveLinear } from './solve-linear.js'

/**
 * Expected total move of the mid from each state of the micro-price chain: G* = sum over i >= 0 of B^i G1.
 *
 *   G1 = (I - Q)^-1 r,  B = (I - Q)^-1 R,  G* = (I - B + 1 pi')^-1 G1 with pi the stationary law of B
 *
 * `still` is Q, the probabilities [from, to] of steps that leave the mid where it is, `moving` R those of steps that move it, and `meanMove` r
 * the expected move of one step, 0 where the mid stays. The series converges only where pi' G1 = 0, which a symmetrised sample guarantees.
 * Undefined where some state never sees the mid move, or where the states fall into groups that never meet. Cost: O(states^3).
 *
 * @see Stoikov (2018), Quantitative Finance 18(12), theorem 3.1
 */
export function microPriceLimit(still: Float64Array, meanMove: Float64Array, moving: Float64Array): Float64Array | undefined {
  const size = meanMove.length
  const width = size + 1
  const right = new Float64Array(size * width)
  for (let row = 0; row < size; row++) {
    right[row * width] = meanMove[row]!
    for (let column = 0; column < size; column++) right[row * width + 1 + column] = moving[row * size + column]!
  }
  if (!solveLinear(still.map((q, at) => identity(size, at) - q), right, size)) return undefined
  const after = (row: number, column: number): number => right[row * width + 1 + column]!

  // The stationary law: (I - B') pi = 0, its last equation replaced by "the sum is 1".
  const balance = Float64Array.from({ length: size * size }, (_, at) =>
    at >= size * (size - 1) ? 1 : identity(size, at) - after(at % size, Math.floor(at / size)),
  )
  const law = new Float64Array(size)
  law[size - 1] = 1
  if (!solveLinear(balance, law, size)) return undefined

  const total = Float64Array.from({ length: size }, (_, row) => right[row * width]!)
  const series = Float64Array.from({ length: size * size }, (_, at) => identity(size, at) - after(Math.floor(at / size), at % size) + law[at % size]!)
  return solveLinear(series, total, size) ? total : undefined
}

const identity = (size: number, at: number): number => (at % (size + 1) === 0 ? 1 : 0)
