import { describe, expect, it } from 'vitest'
import { constantLatency, costAnalysis, feeSchedule, tradeTape } from '../../src/index.js'
import { eventSource } from '../event-source.js'
import { buy, delta, hand, handRun, market, snapshot, start, trade } from '../hand-market.js'

const book = snapshot([[99, 10], [98, 20]], [[101, 10], [102, 20]])
const quiet = delta([[90, 1]], [])
const fees = { cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: 0, takerBps: 10 }] }) }

describe('implementation shortfall', () => {
  it('a taker that comes late', async () => {
    // Decided at mid 100; at arrival 101 is gone: mid 100.5, 102 is paid. 3 lots: delay 1.5, spread 4.5, fees 0.306.
    const run = await handRun([book, quiet, delta([], [[101, 0]]), quiet, quiet], { 0: (orders) => void orders.place(market('buy', 3)) }, { ...fees, latency: constantLatency({ micros: 2500 }) })
    const { orders, total, leftOut } = costAnalysis(run)
    expect(leftOut).toBe(0)
    expect(orders[0]).toMatchObject({ delay: 1.5, waiting: 0, spread: 4.5, impact: 0, opportunity: 0, filledLots: 3, unfilledLots: 0 })
    expect(total.fees).toBeCloseTo(0.306, 12)
    expect(total.total).toBeCloseTo(3 * (102 - 100) + 0.306, 12)
    expect(orders[0]!.arrivalBps).toBeCloseTo((102 / 100.5 - 1) * 1e4, 9)
  })
  it('a maker that waits, and is not filled to the end', async () => {
    // 4 of 6 at 99; the mid is 100 at first, 99.5 when they fill (touch 99, ask 100), 104 when the rest is cancelled.
    const run = await handRun([book, delta([], [[100, 5]]), trade(99, 14, 'sell'), delta([[103, 5]], [[100, 0], [101, 0], [102, 0], [105, 5]]), quiet], {
      0: (orders) => void orders.place(buy(6, 99)),
      3: (orders) => orders.cancel(1),
    })
    const { orders } = costAnalysis(run)
    expect(orders[0]).toMatchObject({ delay: 0, waiting: 4 * -0.5, spread: 4 * -0.5, impact: 0, opportunity: 2 * 4, filledLots: 4, unfilledLots: 2 })
    // By Perold's formula: paid less decision, and what was missed.
    expect(orders[0]!.total).toBeCloseTo(4 * (99 - 100) + 2 * (104 - 100), 12)
  })
  it('many orders for one decision', async () => {
    const run = await handRun([book, delta([[100, 5]], [[101, 0], [102, 50]]), quiet], { 0: (orders) => void orders.place(market('buy', 1)), 1: (orders) => void orders.place(market('buy', 1)) })
    expect(costAnalysis(run, { asOneDecision: true }).total.total).toBe(101 - 100 + (102 - 100))
    expect(costAnalysis(run).total.total).toBe(101 - 100 + (102 - 101))
  })
  it('refused orders are left out and counted', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => void orders.place(market('buy', 0)) })
    expect(costAnalysis(run)).toMatchObject({ orders: [], leftOut: 1, total: { total: 0 } })
  })
})

describe('the market\'s own price', () => {
  it('is of the trades between arrival and the last fill', async () => {
    const stamp = (at: number) => ({ instrument: hand.id, tsExchange: start + at * 1000, tsLocal: start + at * 1000 })
    const tape = await tradeTape(eventSource([
      { kind: 'instrument', ...stamp(0), definition: hand, levels: Infinity },
      { ...stamp(0), ...trade(90, 100, 'sell') }, { ...stamp(1), ...trade(99, 3, 'sell') }, { ...stamp(2), ...trade(101, 1, 'buy') }, { ...stamp(2), ...trade(50, 9, 'buy', 'cross') }, { ...stamp(3), ...trade(110, 5, 'buy') },
    ] as never, 'l2'))
    expect(tape.vwapTicks(hand.id, start + 1000, start + 2000)).toBe(99.5)
    expect(tape.lots(hand.id, start + 1000, start + 2000)).toBe(4)
    expect(tape.vwapTicks(hand.id, start + 1001, start + 1500)).toBeNaN()
    expect(tape.vwapTicks('test:NONE', start, start + 9000)).toBeNaN()
  })
})
