import { ranking } from '../../numeric/ranking.js'
import { sameLength } from '../../numeric/same-length.js'
import { pearsonCorrelation } from './pearson-correlation.js'

/**
 * Spearman rank correlation: Pearson's of the ranks, equal values sharing their mean rank.
 *
 * Unit: ratio, -1 to 1. Rows with a NaN are left out. NaN with fewer than two rows or a constant series. Cost: O(n log n).
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths differ.
 */
export function spearmanCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const length = sameLength('spearmanCorrelation', x, y)
  const kept = Array.from({ length }, (_, row) => row).filter((row) => !Number.isNaN(x[row]! + y[row]!))
  return pearsonCorrelation(ranks(kept.map((row) => x[row]!)), ranks(kept.map((row) => y[row]!)))
}

function ranks(values: readonly number[]): Float64Array {
  const order = ranking(values)
  const result = new Float64Array(values.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (let place = start; place < end; place++) result[order[place]!] = (start + end - 1) / 2
    start = end
  }
  return result
}
