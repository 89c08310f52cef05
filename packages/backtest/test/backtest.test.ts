import { describe, expect, it } from 'vitest'
import { backtest, constantLatency, feeSchedule, noCost, powerQueue } from '../src/index.js'
import { eventSource } from './event-source.js'
import { buy, delta, hand, handRun, market, sell, snapshot, start, status, trade, type Happening } from './hand-market.js'

const book = snapshot([[99, 10], [98, 20]], [[101, 10], [102, 20]])
const quiet = delta([[90, 1]], [])
const brief = ({ fills }: { fills: readonly { ticks: number; lots: number; liquidity: string; tsExchange: number }[] }): [number, number, string, number][] =>
  fills.map(({ ticks, lots, liquidity, tsExchange }) => [ticks, lots, liquidity, (tsExchange - start) / 1000])

describe('takers', () => {
  it('walk the book', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => void orders.place(market('buy', 25)) })
    expect(brief(run)).toEqual([[101, 10, 'taker', 0], [102, 15, 'taker', 0]])
    // Mid 100: 25 of spread; 15 lots one tick beyond the best.
    expect(run.profitAndLoss).toEqual({ gross: 0, spread: 25, impact: 15, fees: 0, net: -40 })
    expect(run.liquidationNet).toBe(25 * 99 - 10 * 101 - 15 * 102)
  })
  it('do not take twice what is shown once', async () => {
    const run = await handRun([book, quiet, quiet], { 0: (orders) => void orders.place(market('buy', 10)), 1: (orders) => void orders.place(market('buy', 10)) })
    expect(brief(run)).toEqual([[101, 10, 'taker', 0], [102, 10, 'taker', 1]])
  })
  it('find what the book shows anew', async () => {
    const shown = await handRun([book, delta([], [[101, 14]]), quiet], { 0: (orders) => void orders.place(market('buy', 10)), 1: (orders) => void orders.place(market('buy', 10)) })
    expect(brief(shown)).toEqual([[101, 10, 'taker', 0], [101, 4, 'taker', 1], [102, 6, 'taker', 1]])
    const gone = await handRun([book, delta([], [[101, 0]]), delta([], [[101, 10]])], { 0: (orders) => void orders.place(market('buy', 10)), 2: (orders) => void orders.place(market('buy', 10)) })
    expect(brief(gone)).toEqual([[101, 10, 'taker', 0], [101, 10, 'taker', 2]])
  })
  it('what others trade is what we took first', async () => {
    const run = await handRun([book, trade(101, 6, 'buy'), quiet], { 0: (orders) => void orders.place(market('buy', 10)), 1: (orders) => void orders.place(market('buy', 10)) })
    expect(brief(run)).toEqual([[101, 10, 'taker', 0], [101, 6, 'taker', 1], [102, 4, 'taker', 1]])
  })
  it('expire where the book ends', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => void orders.place(market('sell', 50)) })
    expect(run.orders[0]).toMatchObject({ status: 'expired', reason: 'no-liquidity', filledLots: 31 - 1 })
  })
  it('ioc takes what it can, fok all or nothing', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => {
      orders.place(buy(15, 101, 'fok'))
      orders.place(buy(15, 101, 'ioc'))
    } })
    expect(run.orders.map(({ status: ended, filledLots, reason }) => [ended, filledLots, reason])).toEqual([['rejected', 0, 'not-fillable'], ['expired', 10, 'no-liquidity']])
  })
  it('a limit rests with what it did not get', async () => {
    const run = await handRun([book, delta([], [[101, 0]]), trade(101, 3, 'sell'), quiet], { 0: (orders) => void orders.place(buy(15, 101)) })
    expect(brief(run)).toEqual([[101, 10, 'taker', 0], [101, 3, 'maker', 2]])
    expect(run.reports.map(({ status: told }) => told)).toEqual(['accepted', 'partly-filled', 'partly-filled'])
  })
})

describe('makers', () => {
  const joined = (happenings: readonly Happening[], lots = 5, options = {}) => handRun([book, ...happenings], { 0: (orders) => void orders.place(buy(lots, 99, 'post-only')) }, options)

  it('wait for what is ahead', async () => {
    expect(brief(await joined([trade(99, 10, 'sell'), delta([[99, 0]], []), quiet]))).toEqual([])
    expect(brief(await joined([trade(99, 12, 'sell'), trade(99, 4, 'sell')]))).toEqual([[99, 2, 'maker', 1], [99, 3, 'maker', 2]])
  })
  it('a touch is not a fill', async () => expect(brief(await joined([trade(99, 1, 'sell'), trade(99, 1, 'unknown'), trade(99, 100, 'buy')]))).toEqual([]))
  it('an unknown taker hits the side it reaches', async () => expect(brief(await joined([trade(99, 12, 'unknown')]))).toEqual([[99, 2, 'maker', 1]]))
  it('what trades through would have met us first, but not more than it was', async () => {
    expect(brief(await joined([trade(98, 3, 'sell'), trade(98, 9, 'sell')]))).toEqual([[99, 3, 'maker', 1], [99, 2, 'maker', 2]])
  })
  it('hidden trades fill through our price, never at it', async () => {
    expect(brief(await joined([trade(99, 100, 'sell', 'hidden')]))).toEqual([])
    expect(brief(await joined([trade(98.5, 2, 'sell', 'hidden')]))).toEqual([[99, 2, 'maker', 1]])
  })
  it('crosses and prints off the book fill nobody', async () => expect(brief(await joined([trade(98, 9, 'sell', 'cross'), trade(98, 9, 'sell', 'off-book')]))).toEqual([]))
  it('interest at our price fills us, once', async () => {
    const run = await joined([delta([[99, 0], [98, 0]], [[99, 3]]), quiet, delta([], [[99, 4]])])
    expect(brief(run)).toEqual([[99, 3, 'maker', 1], [99, 1, 'maker', 3]])
  })
  it('the pessimistic model believes the level, the others the odds', async () => {
    // 10 ahead, 10 join behind, 16 of 20 are cancelled: at most 4 can be ahead.
    const happenings = [delta([[99, 20]], []), delta([[99, 4]], []), trade(99, 3, 'sell'), quiet]
    expect(brief(await joined(happenings))).toEqual([])
    // Half of 16 fell on each half: 10 - 8 = 2 are ahead, 3 trade.
    expect(brief(await joined(happenings, 5, { queue: powerQueue() }))).toEqual([[99, 1, 'maker', 3]])
  })
  it('earn the spread', async () => {
    const { profitAndLoss } = await joined([trade(99, 15, 'sell')])
    expect(profitAndLoss).toEqual({ gross: 0, spread: -5, impact: 0, fees: 0, net: 5 })
  })
  it('a smaller order keeps its place, any other change loses it', async () => {
    const change = (lots: number, ticks?: number) => handRun([book, delta([[99, 16]], []), trade(99, 14, 'sell'), quiet], {
      0: (orders) => void orders.place(buy(5, 99)),
      1: (orders) => orders.replace(1, { lots, ...(ticks !== undefined && { ticks }) }),
    })
    expect(brief(await change(4))).toEqual([[99, 4, 'maker', 2]])
    expect(brief(await change(6))).toEqual([])
    expect(brief(await change(5, 101))).toEqual([[101, 5, 'taker', 1]])
  })
  it('our own second order waits for our first', async () => {
    const run = await handRun([book, trade(99, 13, 'sell'), trade(99, 4, 'sell')], { 0: (orders) => {
      orders.place(buy(5, 99))
      orders.place(buy(5, 99))
    } })
    expect(run.fills.map(({ orderId, lots }) => [orderId, lots])).toEqual([[1, 3], [1, 2], [2, 2]])
  })
})

describe('delays', () => {
  it('an order meets the book that is there when it comes', async () => {
    const run = await handRun([book, quiet, delta([], [[101, 0], [103, 5]]), quiet, quiet, quiet], { 0: (orders) => void orders.place(market('buy', 1)) }, { latency: constantLatency({ micros: 2500 }) })
    expect(brief(run)).toEqual([[102, 1, 'taker', 2.5]])
    expect(run.orders[0]).toMatchObject({ decidedAt: start, arrivedAt: start + 2500, decisionMid: 100, arrivalMid: 100.5 })
    expect(run.fills[0]).toMatchObject({ tsExchange: start + 2500, tsLocal: start + 5000 })
  })
  it('a cancel may come too late', async () => {
    const run = await handRun([book, quiet, trade(99, 15, 'sell'), quiet, quiet, quiet], {
      0: (orders) => void orders.place(buy(5, 99)),
      1: (orders) => orders.cancel(1),
    }, { latency: constantLatency({ micros: 1500 }) })
    expect(brief(run)).toEqual([[99, 5, 'maker', 2]])
    expect(run.counts.rejected).toEqual({ 'unknown-order': 1 })
  })
  it('the feed is late too', async () => {
    const seen: number[] = []
    await handRun([book, quiet, quiet], {}, {
      latency: constantLatency({ micros: 0, feedMicros: 700 }),
      strategy: { name: 'watch', init: () => undefined, onTick: (_, { tsLocal, tsExchange }) => void seen.push(tsLocal - tsExchange) },
    })
    expect(seen).toEqual([700, 700, 700])
  })
  it('a clock that lags is set forward', async () => {
    const at = (ts: number) => ({ instrument: hand.id, tsExchange: start + ts, tsLocal: start + ts - 1_270_000 + ts / 10 })
    const source = eventSource([
      { kind: 'instrument', ...at(0), definition: hand, levels: Infinity },
      { kind: 'snapshot', ...at(0), bids: [[99, 1]], asks: [[101, 1]] },
      { kind: 'delta', ...at(1000), bids: [[99, 2]], asks: [] },
    ], 'l2')
    const delays: number[] = []
    const strategy = { name: 'watch', init: () => undefined, onTick: (_: unknown, { tsLocal, tsExchange }: { tsLocal: number; tsExchange: number }) => void delays.push(tsLocal - tsExchange) }
    const run = await backtest({ source, strategy, latency: constantLatency({ micros: 0 }), cost: noCost(), clockOffsetMicros: 'estimate' })
    expect(run.clockOffsetMicros).toBe(1_270_000)
    expect(delays).toEqual([0, 100])
    expect(run.counts.negativeDelays).toBe(0)
    const raw = await backtest({ source, strategy, latency: constantLatency({ micros: 0 }), cost: noCost() })
    expect(raw.counts.negativeDelays).toBe(2)
  })
})

describe('what stops trading', () => {
  it('a gap: orders expire, new ones are refused until the book is back', async () => {
    const run = await handRun([book, status('gap'), quiet, book, quiet], {
      0: (orders) => void orders.place(buy(5, 99)),
      2: (orders) => void orders.place(market('buy', 1)),
      3: (orders) => void orders.place(market('buy', 1)),
    })
    expect(run.counts).toMatchObject({ gaps: 1, rejected: { gap: 1 }, expired: { gap: 1 } })
    expect(brief(run)).toEqual([[101, 1, 'taker', 3]])
  })
  it('a halt: nothing is taken or filled, cancels work', async () => {
    const run = await handRun([book, status('halted'), trade(98, 50, 'sell'), quiet, status('resumed'), trade(99, 12, 'sell')], {
      0: (orders) => {
        orders.place(buy(5, 99))
        orders.place(buy(1, 97))
      },
      2: (orders) => void orders.place(market('buy', 1)),
      3: (orders) => orders.cancel(2),
    })
    expect(run.counts).toMatchObject({ halts: 1, rejected: { halt: 1 } })
    expect(brief(run)).toEqual([[99, 2, 'maker', 5]])
    expect(run.orders[1]!.status).toBe('cancelled')
  })
  it('the end: flat or carried, as asked', async () => {
    const hold = { 0: (orders: Parameters<NonNullable<import('@rxlob/core').Strategy['onTick']>>[2]) => void orders.place(market('buy', 5)) }
    const flat = await handRun([book, quiet, status('ended')], hold, { sessionEnd: 'flat' })
    expect(brief(flat)).toEqual([[101, 5, 'taker', 0], [99, 5, 'taker', 2]])
    expect(flat.profitAndLoss.net).toBe(-10)
    expect(flat.orders[1]!.closing).toBe(true)
    const carried = await handRun([book, quiet, status('ended')], hold)
    expect(carried.positions).toEqual([{ instrument: hand.id, lots: 5, markTicks: 100 }])
    expect(carried.profitAndLoss.net).toBe(-5)
    const blind = await handRun([book, quiet, status('gap')], hold, { sessionEnd: 'flat' })
    expect(blind.counts.notFlattened).toBe(1)
    expect(blind.positions[0]!.lots).toBe(5)
  })
})

describe('bad orders are refused, with a reason', () => {
  const of = (lots: number, ticks = 99) => buy(lots, ticks)
  it.each([
    [of(0), 'size-zero'], [of(-1), 'size-negative'], [of(NaN), 'size-not-a-number'], [of(2e9), 'size-too-large'], [of(Infinity), 'size-too-large'], [of(0.5), 'size-off-lot'],
    [of(1, 99.5), 'price-off-tick'], [of(1, NaN), 'price-not-a-number'], [of(1, 0), 'price-not-positive'], [{ ...of(1), instrument: 'test:NONE' as const }, 'unknown-instrument'],
    [{ ...of(1), type: 'stop' as 'limit' }, 'unknown-type'], [{ ...of(1), side: 'long' as 'buy' }, 'unknown-side'], [buy(1, 101, 'post-only'), 'would-take'],
  ])('%o', async (order, reason) => {
    const run = await handRun([book, quiet], { 0: (orders) => void orders.place(order) })
    expect(run.counts.rejected).toEqual({ [reason]: 1 })
    expect(run.reports).toEqual([{ orderId: 1, status: 'rejected', reason }])
    expect(run.fills).toEqual([])
  })
  it('beyond the position that is allowed', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => {
      orders.place(buy(6, 99))
      orders.place(market('buy', 5))
    } }, { maxPositionLots: 10 })
    expect(run.counts.rejected).toEqual({ 'position-limit': 1 })
  })
  it('with ourselves', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => {
      orders.place(sell(1, 100))
      // The best there is, and ours; then orders that could rest at our price and beyond it.
      orders.place(market('buy', 1))
      orders.place(buy(1, 100))
      orders.place(buy(1, 102))
    } })
    expect(run.counts.rejected).toEqual({ 'self-trade': 3 })
  })
  it('but a taker that meets others first is let through', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => {
      orders.place(sell(1, 101))
      orders.place(market('buy', 1))
    } })
    expect(brief(run)).toEqual([[101, 1, 'taker', 0]])
  })
  it('cancels of what nobody knows', async () => {
    const run = await handRun([book, quiet], { 0: (orders) => orders.cancel(7) })
    expect(run.counts).toMatchObject({ unknownOrders: 1, rejected: { 'unknown-order': 1 } })
  })
})

describe('what cannot go on is an error', () => {
  const source = eventSource([], 'l2')
  const strategy = { name: 'none', init: () => undefined }
  const options = { source, strategy, latency: constantLatency({ micros: 0 }), cost: noCost() }
  it('a strategy that throws', async () => {
    await expect(handRun([book], { 0: () => { throw new Error('oops') } })).rejects.toMatchObject({ code: 'LOB_ORDER', message: expect.stringMatching(/hand threw in onTick.*oops/) as string })
  })
  it('a strategy that never stops', async () => {
    await expect(handRun([book], {}, { strategy: { name: 'loop', init: () => undefined, onTick: (_, __, orders) => orders.cancel(1), onOrder: (_, __, orders) => orders.cancel(1) } }))
      .rejects.toMatchObject({ code: 'LOB_ORDER' })
  })
  it('fifo without orders', async () => expect(backtest({ ...options, queue: 'fifo' })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' }))
  it('no source', async () => expect(backtest({ ...options, source: [] })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' }))
  it('a live source', async () => expect(backtest({ ...options, source: { ...source, supports: { ...source.supports, timing: 'live' } } })).rejects.toThrow(/live/))
  it('half a model', async () => expect(backtest({ ...options, features: [] })).rejects.toThrow(/all three/))
  it('nothing happens on nothing', async () => {
    const run = await backtest(options)
    expect(run.profitAndLoss).toEqual({ gross: 0, spread: 0, impact: 0, fees: 0, net: 0 })
    expect(run.fills).toEqual([])
  })
})

it('fees are charged by liquidity', async () => {
  const run = await handRun([book, trade(99, 15, 'sell')], { 0: (orders) => {
    orders.place(buy(5, 99))
    orders.place(market('sell', 5))
  } }, { cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: -1, takerBps: 10 }] }) })
  // The market order meets the ten that were there before our bid: it sells 5 at 99, then 5 are bought at 99 when 15 trade and 10 are ahead.
  expect(run.profitAndLoss.fees).toBeCloseTo(99 * 5 * 0.001 - 99 * 5 * 0.0001, 12)
})
