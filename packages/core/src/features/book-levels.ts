import type { Column, Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineVectorFeature } from './define-feature.js'
import { priceScale } from './price-scale.js'

export interface BookLevelsOptions {
  /** Levels per side, four columns each, 1 or more. */
  readonly levels: number
}

type Names = `${'ask' | 'bid'}_${'price' | 'lots'}_${number}`

/**
 * Prices and sizes of the best levels as they stand: the input of models that make their own features.
 *
 *   ask price 1, ask lots 1, bid price 1, bid lots 1, ask price 2, ...
 *
 * Unit: price and lots. Shape: four columns a level, best first: `ask_price_<m>`, `ask_lots_<m>`, `bid_price_<m>`, `bid_lots_<m>`. An absent level has a price of NaN and
 * 0 lots, one beyond the known depth NaN for both. NaN while the book is crossed or not synced. Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Ntakaris et al. (2018), J. Forecasting 37(8), whose data set has this order
 * @example
 * bookLevels({ levels: 10 }) // columns ask_price_1, ask_lots_1, bid_price_1, bid_lots_1, ...
 */
export function bookLevels(options: BookLevelsOptions): Feature<Names> {
  const levels = integerOption('levels', options.levels, 1)
  return defineVectorFeature({
    name: `book_levels_${levels}`,
    columns: Array.from({ length: levels }, (_, rank): Column<Names>[] => [
      { name: `ask_price_${rank + 1}`, unit: 'price' },
      { name: `ask_lots_${rank + 1}`, unit: 'lots' },
      { name: `bid_price_${rank + 1}`, unit: 'price' },
      { name: `bid_lots_${rank + 1}`, unit: 'lots' },
    ]).flat(),
    depth: levels,
    levelsOnly: true,
    options: { levels },
    init: priceScale.init,
    step: (scale, { book }, out, at) => {
      for (let rank = 0; rank < levels; rank++) {
        out[at + 4 * rank] = priceScale.price(scale, book.askTicks(rank))
        out[at + 4 * rank + 1] = book.askLots(rank)
        out[at + 4 * rank + 2] = priceScale.price(scale, book.bidTicks(rank))
        out[at + 4 * rank + 3] = book.bidLots(rank)
      }
    },
  })
}
