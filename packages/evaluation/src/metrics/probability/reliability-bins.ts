import { integerOption } from '@rxlob/core'
import { ranking } from '../../numeric/ranking.js'
import { sameLength } from '../../numeric/same-length.js'

export interface ReliabilityOptions {
  /** Number of bins, 1 or more. Default 15. */
  readonly bins?: number
  /** `width`: (lo, hi] of equal width. `mass`: equally many rows each, equal confidences in row order. Default `width`. */
  readonly equal?: 'width' | 'mass'
}

/** Rows of similar confidence. Numbers are NaN in a bin without rows. */
export interface ReliabilityBin {
  readonly low: number
  readonly high: number
  readonly rows: number
  /** Mean stated probability. */
  readonly confidence: number
  /** Share that came true. */
  readonly accuracy: number
}

/**
 * Reliability diagram as numbers: how often forecasts of about the same probability came true.
 *
 * For several classes give the probability of the called class and whether the call was right (`topLabel`),
 * or, class by class, that class's probability and whether it came true.
 *
 * Unit: ratio. `low` and `high` are the bin's edges (equal width) or its extreme confidences (equal mass).
 *
 * @param confidence Stated probabilities, 0 to 1.
 * @param correct 1 (or true) where it came true.
 * @throws {LobError} LOB_BAD_OPTION where lengths differ or `bins` is not a positive integer.
 */
export function reliabilityBins(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number | boolean>,
  options: ReliabilityOptions = {},
): ReliabilityBin[] {
  const bins = integerOption('bins', options.bins ?? 15, 1)
  const rows = sameLength('reliabilityBins', confidence, correct)
  const count = new Float64Array(bins)
  const stated = new Float64Array(bins)
  const right = new Float64Array(bins)
  const low = new Float64Array(bins)
  const high = new Float64Array(bins)
  const add = (bin: number, row: number): void => {
    count[bin] = count[bin]! + 1
    stated[bin] = stated[bin]! + confidence[row]!
    right[bin] = right[bin]! + Number(correct[row])
  }
  if ((options.equal ?? 'width') === 'width') {
    for (let bin = 0; bin < bins; bin++) {
      low[bin] = bin / bins
      high[bin] = (bin + 1) / bins
    }
    for (let row = 0; row < rows; row++) add(widthBin(confidence[row]!, bins), row)
  } else {
    const order = ranking(Float64Array.from(confidence, (value) => -value))
    for (let bin = 0; bin < bins; bin++) {
      const from = Math.floor((bin * rows) / bins)
      const to = Math.floor(((bin + 1) * rows) / bins)
      for (let place = from; place < to; place++) add(bin, order[place]!)
      low[bin] = from < to ? confidence[order[from]!]! : NaN
      high[bin] = from < to ? confidence[order[to - 1]!]! : NaN
    }
  }
  return Array.from(count, (size, bin) => ({
    low: low[bin]!, high: high[bin]!, rows: size, confidence: stated[bin]! / size, accuracy: right[bin]! / size,
  }))
}

/** Equal-width bin (lo, hi] of a probability; 0 falls in the first. */
export const widthBin = (probability: number, bins: number): number => Math.min(bins - 1, Math.max(0, Math.ceil(probability * bins) - 1))
