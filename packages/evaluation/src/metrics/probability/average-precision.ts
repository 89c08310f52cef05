import { sameLength } from '../../numeric/same-length.js'
import { ranking } from '../../numeric/ranking.js'

/**
 * Average precision: the area under the precision-recall steps, without interpolation.
 *
 *   sum_n (R_n - R_(n-1)) P_n over the distinct scores, highest first
 *
 * Unit: ratio; the class share for a score without information. NaN without a positive row. Cost: O(n log n).
 *
 * @param positive 1 (or true) for rows of the class, 0 for the others.
 * @throws {LobError} LOB_BAD_OPTION where lengths differ.
 */
export function averagePrecision(positive: ArrayLike<number | boolean>, scores: ArrayLike<number>): number {
  sameLength('averagePrecision', positive, scores)
  return rankedAveragePrecision(positive, scores, ranking(scores))
}

/** `averagePrecision` of scores whose ranking is at hand. */
export function rankedAveragePrecision(positive: ArrayLike<number | boolean>, scores: ArrayLike<number>, order: Uint32Array): number {
  const rows = order.length
  let found = 0
  let sum = 0
  for (let start = 0; start < rows; ) {
    const score = scores[order[start]!]!
    let end = start
    let here = 0
    while (end < rows && scores[order[end]!]! === score) here += Number(positive[order[end++]!])
    if (end === start) return NaN
    found += here
    sum += (here * found) / end
    start = end
  }
  return sum / found
}
