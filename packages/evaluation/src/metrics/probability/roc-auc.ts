import { sameLength } from '../../numeric/same-length.js'
import { ranking } from '../../numeric/ranking.js'

/**
 * Area under the ROC curve of a two-class score: the chance that a positive row scores above a negative one, ties 1/2.
 *
 *   Mann-Whitney U / (positives * negatives)
 *
 * Unit: ratio, 0.5 for a score without information. NaN where either class is absent. Cost: O(n log n).
 *
 * @param positive 1 (or true) for rows of the class, 0 for the others.
 * @throws {LobError} LOB_BAD_OPTION where lengths differ.
 */
export function rocAuc(positive: ArrayLike<number | boolean>, scores: ArrayLike<number>): number {
  sameLength('rocAuc', positive, scores)
  return rankedAuc(positive, scores, ranking(scores))
}

/** `rocAuc` of scores whose ranking is at hand. */
export function rankedAuc(positive: ArrayLike<number | boolean>, scores: ArrayLike<number>, order: Uint32Array): number {
  const rows = order.length
  let above = 0
  let negatives = 0
  let wins = 0
  for (let start = 0; start < rows; ) {
    const score = scores[order[start]!]!
    let end = start
    let positivesHere = 0
    while (end < rows && scores[order[end]!]! === score) positivesHere += Number(positive[order[end++]!])
    if (end === start) return NaN
    const negativesHere = end - start - positivesHere
    wins += negativesHere * (above + positivesHere / 2)
    above += positivesHere
    negatives += negativesHere
    start = end
  }
  return wins / (above * negatives)
}
