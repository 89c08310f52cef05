import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'
import { priceScale } from './price-scale.js'

/**
 * Middle of the best bid and the best ask.
 *
 *   mid = (bid + ask) / 2
 *
 * Unit: price, the double nearest to the decimal price. Column `mid_price`.
 * NaN while a side is empty, or the book is crossed or not synced. Cost: O(1) an event, no memory.
 *
 * @see Cont, Kukanov and Stoikov (2014), J. Financial Econometrics 12(1), section 2
 * @example
 * midPrice() // column mid_price
 */
export function midPrice(): Feature<'mid_price'> {
  return defineFeature({
    name: 'mid_price',
    unit: 'price',
    depth: 1,
    levelsOnly: true,
    init: priceScale.init,
    step: (scale, { book }) => priceScale.price(scale, midTicks(book)),
  })
}
