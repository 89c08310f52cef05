import { BookTracker } from '@rxlob/core'
import { expect, it } from 'vitest'
import { bookShowsRow } from '../src/book-shows-row.js'
import { planOf } from '../src/plan.js'

const plan = planOf({ messages: 'm.csv', orderbook: 'b.csv', symbol: 'X', date: '2012-06-21', levels: 2 })
const header = { instrument: plan.instrument.id, tsExchange: 0, tsLocal: 0 }
const row = [1000200, 10, 999900, 5, 9999999999, 0, 999800, 6]

function tracker(): BookTracker {
  const tracker = new BookTracker(plan.instrument, 2)
  tracker.apply({ kind: 'snapshot', ...header, bids: [[99.99, 5], [99.98, 6]], asks: [[100.02, 10]] })
  return tracker
}

it('agrees with the row that the book is, and with no other', () => {
  expect(bookShowsRow(tracker().book, row, plan)).toBe(true)
  for (let column = 0; column < row.length; column++) expect(bookShowsRow(tracker().book, row.with(column, row[column]! + 1), plan)).toBe(false)
  expect(bookShowsRow(tracker().book, row.slice(0, 7), plan)).toBe(false)
})

it('agrees with nothing while the book is not synced, or not known so deep', () => {
  const lost = tracker()
  lost.apply({ kind: 'status', ...header, status: 'gap', channel: 'book' })
  expect(bookShowsRow(lost.book, row, plan)).toBe(false)
  const shallow = tracker()
  shallow.apply({ kind: 'delta', ...header, bids: [[99.98, 0]], asks: [], cause: 'scroll' })
  expect(bookShowsRow(shallow.book, row.with(6, -9999999999).with(7, 0), plan)).toBe(false)
})
