import { describe, expect, it } from 'vitest'
import { virtualOrder } from '../../src/features/virtual-order.js'
import { behindShare } from '../../src/features/queue-estimate.js'
import type { Tick } from '../../src/kernel.js'
import { handTick, type HandTickSpec } from '../hand-tick.js'

const queue = (lots: number, rest: HandTickSpec = {}): Tick => handTick({ bids: [[100, lots]], asks: [[102, 8]], ...rest })

/** Lots ahead and whether the order has just joined, after each tick. */
function follow(ticks: readonly Tick[], model: Parameters<typeof virtualOrder.step>[3], side: 1 | -1 = 1): [front: number, joined: boolean][] {
  const order = virtualOrder.init()
  return ticks.map((tick) => {
    virtualOrder.step(order, tick, side, model)
    return [order.place.front, order.joined]
  })
}

describe('virtualOrder', () => {
  const pessimistic = behindShare({ model: 'pessimistic' })

  it('has joined before the first row, behind nobody known', () => {
    expect(virtualOrder.init()).toEqual({ ticks: NaN, lots: NaN, place: { front: NaN, traded: 0 }, joined: true })
  })

  it('joins behind the whole queue, again at another price and again at a snapshot', () => {
    const moved = handTick({ bids: [[101, 3]], asks: [[102, 8]] })
    expect(follow([queue(9), queue(12), moved, handTick({ bids: [[101, 5]], asks: [[102, 8]], kind: 'snapshot' })], pessimistic)).toEqual([[9, true], [9, false], [3, true], [5, true]])
  })

  it('stands nowhere where its side is empty', () => {
    expect(follow([queue(9), handTick({ asks: [[102, 8]] }), queue(7)], pessimistic)).toEqual([[9, true], [NaN, true], [7, true]])
  })

  it('moves up by what sellers take at its price, and by no other trade', () => {
    const trades = [
      { ticks: 100, lots: -2 }, { ticks: 100, lots: 2 }, { ticks: 99, lots: -2 }, { ticks: 100, lots: -2, print: 'hidden' }, { ticks: 100, lots: 0 }, { ticks: 100, lots: NaN, size: 2 },
    ] as const
    // The total does not change: what was taken has come again behind.
    for (const [n, trade] of trades.entries()) expect(follow([queue(9), queue(9, { trade })], pessimistic)[1]).toEqual([n === 0 ? 7 : 9, false])
    expect(follow([queue(9), handTick({ bids: [[100, 9]], asks: [[102, 8]], trade: { ticks: 102, lots: 3 } })], pessimistic, -1)[1]).toEqual([5, false])
  })

  it('is filled and joins again where more is taken than stood ahead', () => {
    expect(follow([queue(9), queue(6, { trade: { ticks: 100, lots: -10 } })], pessimistic)[1]).toEqual([6, true])
    // All that stood ahead, and no more: it is the first now.
    expect(follow([queue(9), queue(6, { trade: { ticks: 100, lots: -9 } })], pessimistic)[1]).toEqual([0, false])
  })

  describe('with the places of orders known', () => {
    it('moves up by what leaves its queue ahead of it', () => {
      expect(follow([queue(9), queue(6, { changes: [[1, 100, 9, 6, 'cancel']], orderLotsAhead: 2 })], 'exact')[1]).toEqual([6, false])
      expect(follow([queue(9), queue(6, { changes: [[1, 100, 9, 6, 'cancel']], orderLotsAhead: NaN })], 'exact')[1]).toEqual([6, false])
      expect(follow([queue(9), queue(6, { changes: [[1, 100, 9, 6, 'cancel']], orderLotsAhead: 9 })], 'exact')[1]).toEqual([9, false])
    })

    it('takes no notice of what comes, of other prices and of the other side', () => {
      for (const change of [[1, 100, 9, 12, 'add'], [1, 99, 9, 6, 'cancel'], [-1, 100, 9, 6, 'cancel'], [-1, 102, 9, 6, 'cancel']] as const) {
        expect(follow([queue(9), queue(9, { changes: [change] })], 'exact')[1]).toEqual([9, false])
      }
    })

    it('counts what leaves row by row: an order replaced in its own queue comes back behind', () => {
      expect(follow([queue(9), queue(10, { changes: [[1, 100, 9, 5, 'replace'], [1, 100, 5, 10, 'replace']], orderLotsAhead: 0 })], 'exact')[1]).toEqual([5, false])
    })

    it('is filled by a trade at its price that takes nothing ahead of it', () => {
      const trade = { ticks: 100, lots: -2 }
      expect(follow([queue(9), queue(7, { trade })], 'exact')[1]).toEqual([7, true])
      expect(follow([queue(9), queue(7, { trade, changes: [[1, 100, 9, 7, 'fill']], orderLotsAhead: 9 })], 'exact')[1]).toEqual([7, true])
      expect(follow([queue(9), queue(7, { trade, changes: [[1, 100, 9, 7, 'fill']], orderLotsAhead: 0 })], 'exact')[1]).toEqual([7, false])
    })

    it('stands first at the least, whatever leaves', () => {
      expect(follow([queue(9), queue(1, { changes: [[1, 100, 20, 1, 'set']] })], 'exact')[1]).toEqual([0, false])
    })
  })
})
