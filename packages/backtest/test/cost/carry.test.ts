import type { MarketEvent, Strategy } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { backtest, borrowCost, constantLatency, fundingCost, noCost, type CarryModel } from '../../src/index.js'
import { eventSource } from '../event-source.js'
import { inverse, linear } from '../made-fill.js'

const hour = 3600e6
// 2023-11-14T22:00Z: two hours before a funding instant.
const start = Date.UTC(2023, 10, 14, 22) * 1000
const day = (instrument: typeof linear, prices: readonly number[]) => {
  const header = (at: number) => ({ instrument: instrument.id, tsExchange: start + at * hour, tsLocal: start + at * hour })
  const events: MarketEvent[] = [{ kind: 'instrument', ...header(0), definition: instrument, levels: Infinity }]
  prices.forEach((price, at) => events.push({ kind: 'snapshot', ...header(at), bids: [[price - instrument.tickSize, 100]], asks: [[price + instrument.tickSize, 100]] }))
  return eventSource(events, 'l2')
}
const hold = (lots: number): Strategy<{ done: boolean }> => ({
  name: 'hold', init: () => ({ done: false }),
  onTick: (state, { instrument }, orders) => {
    if (!state.done) orders.target(instrument.id, lots)
    state.done = true
  },
})
const run = (lots: number, carry: CarryModel, instrument = linear, prices = [50, 50, 50, 60, 60]) =>
  backtest({ source: day(instrument, prices), strategy: hold(lots), latency: constantLatency({ micros: 0 }), cost: noCost(), carry })

describe('what holding costs', () => {
  it('is paid by longs to shorts at the instant, on the mid that stood before it', async () => {
    // At 00:00, two hours in, the mid is 50 and 10 lots are held: 500 * 0.0001.
    const long = await run(10, fundingCost({ rate: 1e-4 }))
    expect(long.carry).toBeCloseTo(0.05, 12)
    expect(long.profitAndLoss.fees).toBeCloseTo(0.05, 12)
    expect((await run(-10, fundingCost({ rate: 1e-4 }))).carry).toBeCloseTo(-0.05, 12)
    const { gross, spread, impact, fees, net } = long.profitAndLoss
    expect(gross - spread - impact - fees).toBeCloseTo(net, 12)
  })

  it('knows the rate of each instant, and the contract', async () => {
    const rates: number[] = []
    const { carry } = await run(5, fundingCost({ rate: (ts) => (rates.push(ts), 2e-4), everyMicros: hour }), inverse, [20_000, 20_000, 25_000, 25_000])
    expect(rates).toEqual([start + hour, start + 2 * hour, start + 3 * hour])
    // 5 contracts of 100 USD are 0.025 BTC at 20,000 and 0.02 BTC at 25,000.
    expect(carry).toBeCloseTo(2e-4 * (0.025 + 0.025 + 0.02), 12)
  })

  it('is borrowed by shorts, for the time', async () => {
    const { carry } = await run(-10, borrowCost({ annualRate: 0.1, everyMicros: hour }), linear, [50, 50, 50])
    // Charged at 23:00 and 00:00.
    expect(carry).toBeCloseTo((2 * 500 * 0.1) / (365 * 24), 12)
    expect((await run(10, borrowCost({ annualRate: 0.1, everyMicros: hour }))).carry).toBe(0)
  })

  it('is refused where it is no number', async () => {
    expect(() => fundingCost({ rate: NaN })).toThrow(/finite/)
    expect(() => borrowCost({ annualRate: -1 })).toThrow(/annualRate/)
    await expect(run(10, fundingCost({ rate: () => NaN }))).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
