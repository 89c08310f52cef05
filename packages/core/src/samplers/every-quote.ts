import type { Sampler } from '../contracts/feature.js'

interface Quote {
  bidTicks: number
  bidLots: number
  askTicks: number
  askLots: number
}

/**
 * A row whenever a best price or a best size differs from the tick before, the first quote included.
 * A side that empties or fills differs; while the book stays unsynced there are no rows.
 *
 * @example
 * features([ofi()], { sample: everyQuote() })
 */
export const everyQuote = (): Sampler<Quote> => ({
  name: 'every_quote',
  init: () => ({ bidTicks: NaN, bidLots: NaN, askTicks: NaN, askLots: NaN }),
  step: (state, { book }) => {
    const bidTicks = book.bidTicks(0)
    const bidLots = book.bidLots(0)
    const askTicks = book.askTicks(0)
    const askLots = book.askLots(0)
    // Object.is: an absent price is NaN before and after.
    const same =
      Object.is(bidTicks, state.bidTicks) && Object.is(bidLots, state.bidLots) && Object.is(askTicks, state.askTicks) && Object.is(askLots, state.askLots)
    state.bidTicks = bidTicks
    state.bidLots = bidLots
    state.askTicks = askTicks
    state.askLots = askLots
    return !same
  },
})
