import type { Feature } from '../contracts/feature.js'
import { decimalGrid } from '../numeric/decimal-grid.js'
import { defineFeature } from './define-feature.js'

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
    init: ({ tickSize }) => {
      const { multiplier, divisor } = decimalGrid(tickSize)
      return { multiplier, divisor }
    },
    step: ({ multiplier, divisor }, { book }) => (((book.bidTicks(0) + book.askTicks(0)) / 2) * multiplier) / divisor,
  })
}
