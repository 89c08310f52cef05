import { integerOption, LobError, numberOption } from '@rxlob/core'
import { ranking } from '../../numeric/ranking.js'
import { sameLength } from '../../numeric/same-length.js'

/**
 * Precision among the highest scores: of the `count` rows that looked most like the class, the share that was.
 * Equal scores are taken in row (time) order.
 *
 * Unit: ratio. NaN without rows. Cost: O(n log n).
 *
 * @param positive 1 (or true) where the row is of the class, 0 elsewhere.
 * @param options.count Rows to take, 1 or more (all rows where there are fewer). Give this or `share`.
 * @param options.share Share of the rows to take, above 0 to 1; rounded up to whole rows.
 * @throws {LobError} LOB_BAD_OPTION where lengths differ, or neither or both options are given.
 */
export function precisionAt(
  positive: ArrayLike<number | boolean>,
  scores: ArrayLike<number>,
  options: { readonly count: number } | { readonly share: number },
): number {
  const rows = sameLength('precisionAt', positive, scores)
  if ('count' in options === 'share' in options) {
    throw new LobError('LOB_BAD_OPTION', 'precisionAt: expected exactly one of the options count and share.')
  }
  const wanted =
    'count' in options ? integerOption('count', options.count, 1) : Math.ceil(numberOption('share', options.share, Number.MIN_VALUE, 1) * rows)
  return rankedPrecision(positive, ranking(scores), wanted)
}

/** Precision among the first `count` rows of a ranking. */
export function rankedPrecision(positive: ArrayLike<number | boolean>, order: Uint32Array, count: number): number {
  const taken = order.subarray(0, count)
  let right = 0
  for (const row of taken) right += Number(positive[row])
  return right / taken.length
}
