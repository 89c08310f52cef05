import type { Feature, Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { defineFeature } from './define-feature.js'
import type { MicroPriceParameters } from './fit-micro-price.js'
import { microPriceState } from './micro-price-state.js'
import { imbalanceOf } from './imbalance-of.js'
import { midTicks } from './mid-ticks.js'
import { priceScale } from './price-scale.js'

/**
 * Stoikov's micro-price: the mid plus where it is expected to go, given the imbalance of the best queues and the spread.
 *
 *   mid + G*(imbalance bucket, spread bucket),  G* = limit of E[mid after i moves - mid]
 *
 * Unit: price; unlike the weighted mid a martingale by construction. Column `micro_price`.
 * NaN while a side is empty, or the book is crossed or not synced. Cost: O(imbalance buckets) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where the fit's table has not one finite adjustment a state.
 * @see Stoikov (2018), Quantitative Finance 18(12)
 * @example
 * microPrice(fitMicroPrice(mids, spreads, imbalances, { instrument, from, to })) // column micro_price
 */
export function microPrice(fitted: Fitted<MicroPriceParameters>): Feature<'micro_price'> {
  const { parameters } = fitted
  const { spreads } = parameters
  const edges = Float64Array.from(parameters.edges)
  const adjustments = Float64Array.from(parameters.adjustments)
  const states = (edges.length + 1) * spreads
  if (adjustments.length !== states || states === 0 || !adjustments.every(Number.isFinite)) {
    throw new LobError('LOB_BAD_OPTION', `Expected a fit with a finite adjustment for each of its ${states} states, got ${adjustments.length}.`)
  }
  return defineFeature({
    name: 'micro_price',
    unit: 'price',
    depth: 1,
    levelsOnly: true,
    options: parameters,
    init: priceScale.init,
    step: (scale, { book }) => {
      const bid = book.bidLots(0)
      const ask = book.askLots(0)
      const state = microPriceState(edges, spreads, imbalanceOf(bid, ask), book.askTicks(0) - book.bidTicks(0))
      // Equal queues lie on the border of the two middle buckets, whose adjustments cancel.
      return state < 0 ? NaN : priceScale.price(scale, midTicks(book) + (bid === ask ? 0 : adjustments[state]!))
    },
  })
}
