import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { exchange } from '../src/exchange/index.js'
import { openingBook } from '../src/opening-book.js'

describe('openingBook', () => {
  const fill = (bestTicks: number, meanOrders: number, levels: number) => {
    const venue = exchange()
    let orderId = 0
    openingBook(venue, seededRandom(5), { side: 'bid', bestTicks, levels, meanOrders: () => meanOrders, lots: (level) => level + 1, nextOrderId: () => ++orderId })
    return venue
  }

  it('fills adjacent prices with the mean number of orders, never none', () => {
    const venue = fill(5000, 4, 3000)
    expect(venue.depth('bid')).toBe(3000)
    expect(venue.queue('bid', 7)!.ticks).toBe(4993)
    expect(venue.queue('bid', 7)!.lots).toBe(8 * venue.queue('bid', 7)!.orderCount)
    // Poisson with variance 3: one standard error of the mean is 0.032.
    expect(Math.abs(venue.orderCount / 3000 - 4)).toBeLessThan(0.13)
    expect(fill(5000, 0.2, 50).orderCount).toBe(50)
  })

  it('leaves out prices under one tick', () => expect(fill(3, 1, 10).depth('bid')).toBe(3))
})
