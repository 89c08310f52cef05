import { LobError } from '../errors.js'

/**
 * How much of its own each label saw: weights for samples whose labels overlap.
 *
 *   w_i = mean over rows t of the span of label i of 1 / c_t,  c_t = spans that cover t
 *
 * One span a label, from `starts[i]` to `ends[i]`, rows, both included: the labelled row, and the one that settled it. Unit: ratios in (0, 1].
 * NaN where a span has no end (a label that never settled); it covers nothing. Cost: O(labels + rows).
 *
 * @throws {LobError} LOB_BAD_OPTION where the lengths differ, or a span is not from an integer of 0 or more to one at or after it.
 * @see Lopez de Prado (2018), Advances in Financial Machine Learning, section 4.3
 * @example
 * sampleUniqueness(Array.from({ length: frame.length }, (_, row) => row), frame.settledRows['triple'])
 */
export function sampleUniqueness(starts: ArrayLike<number>, ends: ArrayLike<number>): Float64Array {
  if (starts.length !== ends.length) throw new LobError('LOB_BAD_OPTION', `Expected one end a start, ${starts.length}, got ${ends.length}.`)
  let rows = 0
  for (let i = 0; i < ends.length; i++) {
    if (Number.isNaN(ends[i]!)) continue
    const isSpan = Number.isSafeInteger(starts[i]) && Number.isSafeInteger(ends[i]) && starts[i]! >= 0 && ends[i]! >= starts[i]!
    if (!isSpan) throw new LobError('LOB_BAD_OPTION', `Span ${i}: expected rows from 0 on, the first no later than the last, got ${starts[i]} to ${ends[i]}.`)
    rows = Math.max(rows, ends[i]! + 1)
  }
  // Starts less ends, then their running sum: the cover of each row; then the running sum of its inverse.
  const covers = new Float64Array(rows + 1)
  for (let i = 0; i < ends.length; i++) {
    if (Number.isNaN(ends[i]!)) continue
    covers[starts[i]!]!++
    covers[ends[i]! + 1]!--
  }
  const shares = new Float64Array(rows + 1)
  for (let row = 0, cover = 0; row < rows; row++) {
    cover += covers[row]!
    shares[row + 1] = shares[row]! + (cover > 0 ? 1 / cover : 0)
  }
  return Float64Array.from(starts, (start, i) => (shares[ends[i]! + 1]! - shares[start]!) / (ends[i]! + 1 - start))
}
