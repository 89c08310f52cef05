import { BookTracker, type Instrument } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { crossVenue } from '../cross-venue.ts'

const instrument = (venue: string, tickSize: number): Instrument => ({ id: `${venue}:X`, venue, symbol: 'X', kind: 'spot', base: 'X', quote: 'USD', settle: 'USD', contract: 'linear', tickSize, lotSize: 0.1, multiplier: 1 })

function tick(venue: string, bids: [number, number][], asks: [number, number][], tickSize = 0.01): BookTracker {
  const tracker = new BookTracker(instrument(venue, tickSize))
  tracker.apply({ kind: 'snapshot', instrument: `${venue}:X`, tsExchange: 1, tsLocal: 1, bids, asks })
  return tracker
}

describe('two venues as one market', () => {
  it('the best of both, whatever their grids; sizes summed', () => {
    const cross = crossVenue([tick('a', [[99.99, 3]], [[100.03, 1]]), tick('b', [[99.5, 1]], [[100.0, 3]], 0.5)])!
    expect(cross).toMatchObject({ bidVenue: 'a:X', askVenue: 'b:X' })
    expect(cross.mid).toBeCloseTo(99.995, 10)
    expect(cross.spread).toBeCloseTo(0.01, 10)
    expect(cross.imbalance).toBeCloseTo(0, 10)
  })

  it('a venue that bids more than the other asks: the spread is below 0', () => {
    expect(crossVenue([tick('a', [[100.1, 1]], [[100.2, 1]]), tick('b', [[99.9, 1]], [[100, 3]])])!.spread).toBeCloseTo(-0.1, 10)
  })

  it('is unknown while one of them is', () => {
    expect(crossVenue([tick('a', [[99, 1]], [[100, 1]]), tick('b', [], [[100, 1]])])).toBeUndefined()
    expect(crossVenue([])).toBeUndefined()
  })
})
