/**
 * Systematic resampling: `out.length` picks, each weight picked within one of its expected number of times.
 *
 *   positions (offset + i) / N with one uniform offset; each picks the first weight whose cumulative sum reaches it
 *
 * @param weights Summing to 1; rounding of the sum is forgiven.
 * @param offset 0 to below 1, uniform.
 * @param out Gets the places picked, ascending.
 * @see Kitagawa (1996), J. Computational and Graphical Statistics 5(1), 1-25
 */
export function systematicResample(weights: ArrayLike<number>, offset: number, out: Int32Array | Uint32Array): void {
  let place = 0
  let reached = weights[0]!
  for (let i = 0; i < out.length; i++) {
    const position = (offset + i) / out.length
    while (reached < position && place < weights.length - 1) reached += weights[++place]!
    out[i] = place
  }
}
