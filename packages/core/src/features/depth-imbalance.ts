import type { BookView } from '../book/book-view.js'
import type { Feature } from '../contracts/feature.js'
import { integerOption, numberOption } from '../option-range.js'
import { LobError } from '../errors.js'
import { defineFeature } from './define-feature.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { imbalanceOf } from './imbalance-of.js'
import { levelGroup } from './level-group.js'

export interface DepthImbalanceOptions<Levels extends number = number, Weights extends RankWeights = RankWeights> {
  /** Levels per side, 1 or more. */
  readonly levels: Levels
  /** Weight of rank m: 1, 1 / m, exp(-decay (m - 1)), or exp(-decay |P_m - mid|) with the distance in ticks. Default `uniform`. */
  readonly weights?: Weights
  /** Above 0: per rank for `exponential`, per tick for `distance` weights. Default 0.5. */
  readonly decay?: number
}

export type RankWeights = 'uniform' | 'harmonic' | 'exponential' | 'distance'

type NameFor<Levels extends number, Weights extends RankWeights> = Weights extends 'uniform'
  ? `depth_imbalance_${Levels}`
  : `depth_imbalance_${Weights}_${Levels}`

/**
 * Imbalance of the resting size of the two sides over several levels.
 *
 *   (B - A) / (B + A),  B = sum over m <= levels of w_m bidLots_m, A likewise
 *
 * Unit: ratio in [-1, 1], positive where the bid is deeper. Column `depth_imbalance_<levels>`, or
 * `depth_imbalance_<weights>_<levels>` where the weights are not uniform. A side with fewer levels gives what it has.
 * NaN while a side is empty, where the known depth is less than `levels`, and while the book is crossed or not synced.
 * Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range.
 * @see Gould and Bonart (2016), arXiv 1512.03492, for one level; the weights are the usual extensions
 * @example
 * depthImbalance({ levels: 5, weights: 'harmonic' }) // column depth_imbalance_harmonic_5
 */
export function depthImbalance<const Levels extends number, const Weights extends RankWeights = 'uniform'>(
  options: DepthImbalanceOptions<Levels, Weights>,
): Feature<NameFor<Levels, Weights>> {
  const { levels, weights = 'uniform' as Weights, decay = 0.5 } = options
  const ranks = integerOption('levels', levels, 1)
  const weightOf = rankWeights(weights, ranks, decay)
  const name = (weights === 'uniform' ? `depth_imbalance_${levels}` : `depth_imbalance_${weights}_${levels}`) as NameFor<Levels, Weights>
  const spec = {
    name,
    depth: ranks,
    options: { levels, weights, ...((weights === 'exponential' || weights === 'distance') && { decay }) },
  }
  if (weights === 'distance') return defineFeature({ ...spec, unit: 'ratio', levelsOnly: true, init: () => ({}), step: (_, { book }) => distanceImbalance(book, ranks, decay) })
  return defineGroupedFeature({ ...spec, columns: [{ name, unit: 'ratio' }], group: levelGroup, member: weights === 'uniform' ? { kind: 'depthImbalance', levels: ranks } : { kind: 'weightedImbalance', levels: ranks, weights: weightOf } })
}

function distanceImbalance(book: BookView, ranks: number, decay: number): number {
  if (book.bidDepth === 0 || book.askDepth === 0) return NaN
  let bid = 0
  let ask = 0
  // Distances from the own best price: the half spread is a factor common to both sides.
  for (let rank = 0; rank < ranks; rank++) {
    if (book.bidLots(rank) !== 0) bid += Math.exp(decay * (book.bidTicks(rank) - book.bidTicks(0))) * book.bidLots(rank)
    if (book.askLots(rank) !== 0) ask += Math.exp(decay * (book.askTicks(0) - book.askTicks(rank))) * book.askLots(rank)
  }
  return imbalanceOf(bid, ask)
}

/** Distances are only known row by row: their weights start as 1. */
function rankWeights(weights: RankWeights, levels: number, decay: number): Float64Array {
  if (weights === 'uniform') return new Float64Array(levels).fill(1)
  if (weights === 'harmonic') return Float64Array.from({ length: levels }, (_, rank) => 1 / (rank + 1))
  if (weights !== 'exponential' && weights !== 'distance') {
    throw new LobError('LOB_BAD_OPTION', `Option weights: expected uniform, harmonic, exponential or distance, got ${String(weights)}.`)
  }
  numberOption('decay', decay, Number.MIN_VALUE, Number.MAX_VALUE)
  return Float64Array.from({ length: levels }, (_, rank) => (weights === 'distance' ? 1 : Math.exp(-decay * rank)))
}
