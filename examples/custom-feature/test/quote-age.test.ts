import { testFeature } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { BookTracker, type MarketEvent } from '@rxlob/core'
import { quoteAge } from '../quote-age.ts'

describe('quoteAge', () => {
  // The one call: pure, blind to the future, deaf to deeper levels, NaN where the book cannot be trusted, a state that can be saved, sides that mirror.
  it.each(testFeature(quoteAge(), { mirror: ([bid, ask]) => [ask!, bid!] }))('$name', ({ run }) => run())

  it('counts from the event that brought the price', () => {
    const header = (tsLocal: number): { instrument: 'made:X'; tsExchange: number; tsLocal: number } => ({ instrument: 'made:X', tsExchange: tsLocal, tsLocal })
    const definition = { id: 'made:X', venue: 'made', symbol: 'X', kind: 'spot', base: 'X', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 1, lotSize: 1, multiplier: 1 } as const
    const events: MarketEvent[] = [
      { kind: 'snapshot', ...header(1000), bids: [[100, 5]], asks: [[102, 5]] },
      { kind: 'delta', ...header(1400), bids: [[100, 9]], asks: [] },
      { kind: 'delta', ...header(2000), bids: [[101, 1]], asks: [] },
      { kind: 'delta', ...header(2500), bids: [], asks: [[102, 0]] },
    ]
    const feature = quoteAge()
    const [tracker, state, out] = [new BookTracker(definition), feature.init(definition), new Float64Array(2)]
    const rows = events.map((event) => {
      tracker.apply(event)
      feature.step(state, tracker, out, 0)
      return [...out]
    })
    expect(rows).toEqual([[0, 0], [400, 400], [0, 1000], [500, NaN]])
  })
})
