import { defineVectorFeature, type Feature } from '@rxlob/core'

/**
 * Time for which the best prices have stood.
 *
 *   age = tsLocal - tsLocal of the event that brought the best price
 *
 * Unit: micros. Columns `bid_age` and `ask_age`. NaN while the side is empty, the book crossed or not synced. Cost: O(1) an event.
 */
export const quoteAge = (): Feature<'bid_age' | 'ask_age'> =>
  defineVectorFeature({
    name: 'quote_age',
    columns: [{ name: 'bid_age', unit: 'micros' }, { name: 'ask_age', unit: 'micros' }],
    depth: 1,
    init: () => ({ bid: NaN, bidSince: NaN, ask: NaN, askSince: NaN }),
    step(state, { book, tsLocal }, out, at) {
      const [bid, ask] = [book.bidTicks(0), book.askTicks(0)]
      if (bid !== state.bid) state.bidSince = tsLocal
      if (ask !== state.ask) state.askSince = tsLocal
      state.bid = bid
      state.ask = ask
      // NaN minus anything is NaN: an empty side has no age.
      out[at] = tsLocal - (Number.isNaN(bid) ? NaN : state.bidSince)
      out[at + 1] = tsLocal - (Number.isNaN(ask) ? NaN : state.askSince)
    },
  })
