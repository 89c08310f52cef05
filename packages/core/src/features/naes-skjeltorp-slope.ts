import type { BookView } from '../book/book-view.js'
import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import type { BookSlopeOptions } from './book-slope.js'
import { defineVectorFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'

/**
 * Elasticity of the book: relative growth of the (log) cumulative lots for each relative step in price, each side apart and their mean.
 *
 *   (1 / N) { v_1 / |p_1 / p_0 - 1| + sum over m < N of (v_(m+1) / v_m - 1) / |p_(m+1) / p_m - 1| },  v_m = ln(q_1 + ... + q_m),  p_0 = mid
 *
 * N is the number of levels there are, at most `levels`. Unit: ratio. Shape: [bid, ask, mean], columns `bid_elasticity_<levels>`,
 * `ask_elasticity_<levels>` and `book_elasticity_<levels>`. NaN where the best level holds one lot or less (v_1 is then 0), while a side is
 * empty, where a price is not positive or the known depth less than `levels`, and while the book is crossed or not synced.
 * It depends on the lot size through the logarithm. Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Naes and Skjeltorp (2006), J. Financial Markets 9(4), equation 2
 * @example
 * naesSkjeltorpSlope({ levels: 10 }) // columns bid_elasticity_10, ask_elasticity_10, book_elasticity_10
 */
export function naesSkjeltorpSlope<const Levels extends number>(
  options: BookSlopeOptions<Levels>,
): Feature<`${'bid' | 'ask' | 'book'}_elasticity_${Levels}`> {
  const { levels } = options
  const ranks = integerOption('levels', levels, 1)
  return defineVectorFeature({
    name: `naes_skjeltorp_slope_${levels}`,
    columns: [
      { name: `bid_elasticity_${levels}`, unit: 'ratio' },
      { name: `ask_elasticity_${levels}`, unit: 'ratio' },
      { name: `book_elasticity_${levels}`, unit: 'ratio' },
    ],
    depth: ranks,
    levelsOnly: true,
    options: { levels },
    init: () => ({ bid: knownLogs(ranks), ask: knownLogs(ranks) }),
    step: ({ bid, ask }, { book }, out, at) => {
      out[at] = elasticity(bid, book, 1, ranks)
      out[at + 1] = elasticity(ask, book, -1, ranks)
      out[at + 2] = (out[at]! + out[at + 1]!) / 2
    },
  })
}

/** Lots down to a rank and their logarithms, as they were last time: an event changes those of one side, from its rank on. */
const knownLogs = (ranks: number): { readonly held: Float64Array; readonly logs: Float64Array } => ({ held: new Float64Array(ranks), logs: new Float64Array(ranks) })

function elasticity(known: ReturnType<typeof knownLogs>, book: BookView, side: 1 | -1, ranks: number): number {
  let price = midTicks(book)
  let held = 0
  let size = NaN
  let sum = 0
  let rank = 0
  for (; rank < ranks; rank++) {
    const lots = side === 1 ? book.bidLots(rank) : book.askLots(rank)
    if (lots === 0) break
    const next = side === 1 ? book.bidTicks(rank) : book.askTicks(rank)
    held += lots
    if (held !== known.held[rank]) {
      known.held[rank] = held
      known.logs[rank] = Math.log(held)
    }
    const grown = known.logs[rank]!
    sum += (rank === 0 ? grown : (grown - size) / size) / (Math.abs(next - price) / price)
    price = next
    size = grown
  }
  const mean = sum / rank
  const first = side === 1 ? book.bidLots(0) : book.askLots(0)
  return first > 1 && price > 0 ? mean : NaN
}
