import { describe, expect, it } from 'vitest'
import { pendingTrades } from '../../src/features/pending-trades.js'
import { handTick } from '../hand-tick.js'

const trade = (ticks: number, lots: number, size = Math.abs(lots)) => handTick({ trade: { ticks, lots, size } })

function seen(...trades: ReturnType<typeof trade>[]) {
  const pending = pendingTrades.init()
  for (const each of trades) pendingTrades.see(pending, each)
  return pending
}

describe('pendingTrades', () => {
  it('gives what traded against a level once: buyers take asks, sellers bids, an unknown taker either', () => {
    const pending = seen(trade(100, 3), trade(100, -4), trade(100, NaN, 5), trade(101, 6), trade(100, 7))
    expect(pendingTrades.take(pending, -1, 100)).toBe(3 + 5 + 7)
    expect(pendingTrades.take(pending, -1, 100)).toBe(0)
    expect(pendingTrades.take(pending, 1, 100)).toBe(4)
    expect(pendingTrades.take(pending, -1, 101)).toBe(6)
    expect(pending.length).toBe(0)
  })

  it('takes a trade of 0 signed lots for one of an unknown taker', () => {
    expect([1, -1].map((side) => pendingTrades.take(seen(trade(100, 0, 2)), side as 1 | -1, 100))).toEqual([2, 2])
  })

  it('keeps the others as they are, wherever one is taken out', () => {
    for (const taken of [100, 101, 102, 103]) {
      const pending = seen(trade(100, 1), trade(101, -2), trade(102, 3), trade(103, -4))
      const lotsOf = (ticks: number): number => pendingTrades.take(pending, ticks % 2 === 0 ? -1 : 1, ticks)
      expect(lotsOf(taken)).toBe(taken - 99)
      for (const ticks of [103, 100, 102, 101]) expect(lotsOf(ticks)).toBe(ticks === taken ? 0 : ticks - 99)
    }
  })

  it('takes in regular trades alone, and forgets all at a snapshot', () => {
    const pending = seen(trade(100, 1), handTick({ trade: { ticks: 100, lots: 2, print: 'hidden' } }), handTick({ kind: 'order', trade: { ticks: 100, lots: 4 } }), handTick({}))
    expect(pending.length).toBe(1)
    pendingTrades.see(pending, handTick({ kind: 'snapshot' }))
    expect(pendingTrades.take(pending, -1, 100)).toBe(0)
  })

  it('forgets the oldest of more than 64', () => {
    const pending = seen(...Array.from({ length: 66 }, (_, n) => trade(n, 1)))
    expect(pending.length).toBe(64)
    expect([0, 1, 2, 65].map((ticks) => pendingTrades.take(pending, -1, ticks))).toEqual([0, 0, 1, 1])
  })
})
