import { BookTracker, type BookSnapshot, type Instrument, type PriceLevel } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { bookAudit } from '../src/book-audit.js'
import { acmeInstrument } from './acme/acme-spec.js'

const instrument: Instrument = acmeInstrument('BTC')
const header = { instrument: instrument.id, tsExchange: 1, tsLocal: 1 } as const
const second = 1_000_000
const snapshot = (bids: readonly PriceLevel[], asks: readonly PriceLevel[], at = 1, madeAt = at): BookSnapshot => ({ kind: 'snapshot', instrument: instrument.id, tsExchange: madeAt * second, tsLocal: at * second, bids, asks })
const bids: PriceLevel[] = [[100, 1], [99, 2], [98, 3]]
const asks: PriceLevel[] = [[101, 1], [102, 2]]

function holding(heldBids = bids, heldAsks = asks): BookTracker {
  const tracker = new BookTracker(instrument, Infinity)
  tracker.apply({ kind: 'instrument', ...header, definition: instrument, levels: Infinity })
  tracker.apply(snapshot(heldBids, heldAsks))
  return tracker
}

describe('an audit', () => {
  it('agrees with the same book', () => expect(bookAudit().check(holding(), snapshot(bids, asks))).toBe('agrees'))

  it.each([
    ['another size', [[100, 5], [99, 2], [98, 3]], asks],
    ['a level that we lack', [[100.5, 1], ...bids], asks],
    ['a level too many', [[100, 1], [98, 3]], asks],
    ['an ask', bids, [[101, 1], [102, 3]]],
  ] as [string, PriceLevel[], PriceLevel[]][])('%s, twice: differs', (_, toldBids, toldAsks) => {
    const audit = bookAudit()
    expect(audit.check(holding(), snapshot(toldBids, toldAsks))).toBe('look again')
    expect(audit.check(holding(), snapshot(toldBids, toldAsks, 3))).toBe('differs')
  })

  it('a difference that is gone, or another, at the second look is time and no fault', () => {
    const audit = bookAudit()
    expect(audit.check(holding(), snapshot([[100, 5], [99, 2], [98, 3]], asks))).toBe('look again')
    expect(audit.check(holding([[100, 5], [99, 2], [98, 3]]), snapshot([[100, 6], [99, 2], [98, 3]], asks, 3))).toBe('agrees')
    expect(audit.check(holding(), snapshot([[100, 5], [99, 2], [98, 3]], asks))).toBe('look again')
    audit.forget()
    expect(audit.check(holding(), snapshot([[100, 5], [99, 2], [98, 3]], asks))).toBe('look again')
  })

  it('a second look too soon, or at an answer out of a cache, is none; a later one is', () => {
    const audit = bookAudit()
    const wrong: PriceLevel[] = [[100, 5], [99, 2], [98, 3]]
    expect(audit.check(holding(), snapshot(wrong, asks, 10))).toBe('look again')
    expect(audit.check(holding(), snapshot(wrong, asks, 11))).toBe('look again')
    expect(audit.check(holding(), snapshot(wrong, asks, 60, 10))).toBe('look again')
    expect(audit.check(holding(), snapshot(wrong, asks, 12))).toBe('differs')
  })

  it('compares nothing beyond what was told', () => {
    expect(bookAudit().check(holding(), snapshot(bids.slice(0, 2), asks.slice(0, 1)))).toBe('agrees')
    expect(bookAudit().check(holding(), snapshot([], []))).toBe('agrees')
  })
})
