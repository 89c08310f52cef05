import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { bookSweep } from './book-sweep.js'
import { defineVectorFeature } from './define-feature.js'
import { priceScale } from './price-scale.js'

export interface SweepOptions<Size extends number = number> {
  /** Size of the market order, 1 or more. */
  readonly lots: Size
  /** Levels that it may reach into, 1 or more. */
  readonly levels: number
}

/**
 * Mean price that a market order of a given size would get now (VWAP to a size), and what it would leave unfilled.
 *
 *   buying: sum over the asks, best first, of P_m f_m / sum of f_m, where the f_m fill `lots`;  selling: the bids likewise
 *
 * Unit: price and lots. Shape: [buy, buy unfilled, sell, sell unfilled], columns `buy_sweep_price_<lots>`, `buy_sweep_unfilled_<lots>`,
 * `sell_sweep_price_<lots>` and `sell_sweep_unfilled_<lots>`. DANGER: where lots stay unfilled the price is that of the filled part alone.
 * The price is NaN on an empty side. All NaN where the order would go beyond the known depth, and while the book is crossed or not synced.
 * Hidden orders would make it better, other takers worse. Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is not an integer of 1 or more.
 * @see Irvine, Benston and Kandel (2000), Liquidity beyond the inside spread
 * @example
 * sweepPrice({ lots: 500, levels: 10 }) // columns buy_sweep_price_500, buy_sweep_unfilled_500, ...
 */
export function sweepPrice<const Size extends number>(
  options: SweepOptions<Size>,
): Feature<`${'buy' | 'sell'}_sweep_${'price' | 'unfilled'}_${Size}`> {
  const { lots, levels } = options
  integerOption('lots', lots, 1)
  const ranks = integerOption('levels', levels, 1)
  return defineVectorFeature({
    name: `sweep_price_${lots}`,
    columns: [
      { name: `buy_sweep_price_${lots}`, unit: 'price' },
      { name: `buy_sweep_unfilled_${lots}`, unit: 'lots' },
      { name: `sell_sweep_price_${lots}`, unit: 'price' },
      { name: `sell_sweep_unfilled_${lots}`, unit: 'lots' },
    ],
    depth: ranks,
    levelsOnly: true,
    options: { lots, levels },
    init: (instrument) => ({ scale: priceScale.init(instrument), sweep: bookSweep.init() }),
    step: ({ scale, sweep }, { book }, out, at) => {
      bookSweep.walk(sweep, book, -1, lots, ranks)
      out[at] = priceScale.price(scale, sweep.ticks)
      out[at + 1] = sweep.unfilled
      bookSweep.walk(sweep, book, 1, lots, ranks)
      out[at + 2] = priceScale.price(scale, sweep.ticks)
      out[at + 3] = sweep.unfilled
    },
  })
}
