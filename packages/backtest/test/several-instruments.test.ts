import type { Instrument, MarketEvent, Strategy } from '@rxlob/core'
import { expect, it } from 'vitest'
import { backtest, constantLatency, noCost } from '../src/index.js'
import { eventSource } from './event-source.js'
import { inverse, linear } from './made-fill.js'

const start = 1_700_000_000_000_000
const day = (instrument: Instrument, every: number, prices: readonly number[]) => {
  const header = (at: number) => ({ instrument: instrument.id, tsExchange: start + at * every, tsLocal: start + at * every })
  const events: MarketEvent[] = [{ kind: 'instrument', ...header(0), definition: instrument, levels: Infinity }]
  prices.forEach((price, at) => events.push({ kind: 'snapshot', ...header(at), bids: [[price - instrument.tickSize, 100]], asks: [[price + instrument.tickSize, 100]] }))
  return eventSource(events, 'l2', instrument.symbol)
}

const other: Instrument = { ...linear, id: 'sim:BBB', symbol: 'BBB' }

/** Buys one when the other moves. */
const pairs: Strategy<{ moves: number; clock: number[]; ids: readonly string[] }> = {
  name: 'pairs',
  init: (instruments) => ({ moves: 0, clock: [], ids: instruments.map(({ id }) => id) }),
  onTick: (state, tick, orders) => {
    state.clock.push(tick.tsLocal)
    if (tick.instrument.id === linear.id && ++state.moves === 2) orders.target(other.id, 10)
  },
}

it('share one clock, and a strategy knows them all from the start', async () => {
  let state: { clock: number[]; ids: readonly string[] } | undefined
  const strategy: Strategy = { ...pairs, init: (instruments) => (state = pairs.init(instruments)) as never }
  const result = await backtest({ source: [day(linear, 3000, [50, 51, 52]), day(other, 2000, [20, 21, 22, 23, 24])], strategy, latency: constantLatency({ micros: 1500 }), cost: noCost() })
  expect(state!.ids).toEqual([linear.id, other.id])
  expect(state!.clock).toEqual([...state!.clock].sort((a, b) => a - b))
  // Decided at 3 ms, at the venue at 4.5 ms: the price of 4 ms, 22.01; sold at the end at 23.99.
  expect(result.fills.map(({ instrument, ticks, tsExchange }) => [instrument, ticks, tsExchange - start])).toEqual([[other.id, 2201, 4500], [other.id, 2399, 8000]])
  expect(result.profitAndLoss.net).toBeCloseTo(10 * (23.99 - 22.01), 9)
})

it('settle in one currency or not at all', async () => {
  await expect(backtest({ source: [day(linear, 1000, [50]), day(inverse, 1000, [20_000])], strategy: pairs, latency: constantLatency({ micros: 0 }), cost: noCost() })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
})

it('an inverse contract makes base', async () => {
  const strategy: Strategy = { name: 'hold', init: () => ({ done: false }), onTick: (state: { done: boolean }, { instrument }, orders) => {
    if (!state.done) orders.target(instrument.id, 5)
    state.done = true
  } }
  const { profitAndLoss, currency } = await backtest({ source: day(inverse, 1000, [20_000, 25_000]), strategy, latency: constantLatency({ micros: 0 }), cost: noCost() })
  expect(currency).toBe('BTC')
  // 5 contracts of 100 USD, bought at 20,000.5 and sold at 24,999.5.
  expect(profitAndLoss.net).toBeCloseTo(500 * (1 / 20_000.5 - 1 / 24_999.5), 15)
  expect(profitAndLoss.gross - profitAndLoss.spread).toBeCloseTo(profitAndLoss.net, 15)
})

it('a tick size that changes under a position is an error, before it is none', async () => {
  const changed = { ...linear, tickSize: 0.05 }
  const header = (at: number) => ({ instrument: linear.id, tsExchange: start + at, tsLocal: start + at })
  const show = (at: number): MarketEvent => ({ kind: 'snapshot', ...header(at), bids: [[49.95, 10]], asks: [[50.05, 10]] })
  const events: MarketEvent[] = [{ kind: 'instrument', ...header(0), definition: linear, levels: Infinity }, show(1), { kind: 'instrument', ...header(2), definition: changed, levels: Infinity }, show(3), show(4)]
  const buyAt = (at: number): Strategy => ({ name: 'buy', init: () => undefined, onTick: (_, { tsLocal, instrument }, orders) => void (tsLocal === start + at && orders.target(instrument.id, 1)) })
  const options = { source: eventSource(events, 'l2'), latency: constantLatency({ micros: 0 }), cost: noCost() }
  await expect(backtest({ ...options, strategy: buyAt(1) })).rejects.toThrow(/tickSize/)
  expect((await backtest({ ...options, strategy: buyAt(3) })).profitAndLoss.net).toBeCloseTo(-0.1, 12)
})
