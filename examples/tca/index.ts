// A large order carried out in three ways, and where its cost comes from.
import { simulator } from '@rxlob/adapters-simulator'
import { almgrenChriss, backtest, constantLatency, costAnalysis, feeSchedule, scheduledExecution, tradeTape, twapExecution } from '@rxlob/backtest'
import type { Strategy } from '@rxlob/core'

const source = simulator({ seed: 4, durationMicros: 1800e6 })
const order = { instrument: 'sim:DEMO', side: 'buy', lots: 20_000, afterMicros: 60_000_000, sliceMicros: 60_000_000 } as const
const slices = 20
const plan = almgrenChriss({ size: order.lots, slices, volatility: 0.01, temporaryImpact: 2e-6, riskAversion: 1e-4 })
const ways: readonly (readonly [string, Strategy])[] = [
  ['at once', scheduledExecution({ ...order, shares: [1] })],
  ['equal slices (TWAP)', twapExecution({ ...order, slices })],
  ['Almgren-Chriss', scheduledExecution({ ...order, shares: plan.trades })],
]

const tape = await tradeTape(source)
const latency = constantLatency({ micros: 1000 })
const cost = feeSchedule({ tiers: [{ fromVolume: 0, makerBps: 0, takerBps: 0.3 }] })
console.log('Synthetic data: a simulated market, which does not answer to our orders. USD for 20,000 shares against the mid at the decision.\n')
console.log('schedule                delay   spread   impact     fees   missed    total  against VWAP, bps')
for (const [name, strategy] of ways) {
  const result = await backtest({ source, strategy, latency, cost, sessionEnd: 'carry' })
  const { total, orders } = costAnalysis(result, { tape, asOneDecision: true })
  const filled = orders.reduce((sum, { filledLots }) => sum + filledLots, 0)
  const paid = result.fills.reduce((sum, { ticks, lots }) => sum + ticks * lots, 0) / filled
  const vwap = tape.vwapTicks(order.instrument, result.orders[0]!.arrivedAt, result.fills.at(-1)!.tsExchange)
  const cells = [total.delay + total.waiting, total.spread, total.impact, total.fees, total.opportunity, total.total].map((value) => value.toFixed(0).padStart(9))
  const against = Number.isNaN(vwap) ? '-' : ((paid / vwap - 1) * 1e4).toFixed(2)
  console.log(`${name.padEnd(20)}${cells.join('')}${against.padStart(19)}`)
}
