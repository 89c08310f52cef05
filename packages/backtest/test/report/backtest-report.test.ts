import { simulator } from '@rxlob/adapters-simulator'
import { describe, expect, it } from 'vitest'
import { backtest, backtestReport, constantLatency, costAnalysis, feeSchedule, formatReport, imbalanceMarketMaker, imbalanceRule, quoteTape, randomEntry, resultInWords, roundTrips } from '../../src/index.js'
import { histogram } from '../../src/report/histogram.js'

const source = simulator({ seed: 2, durationMicros: 1200e6 })
const common = { source, latency: constantLatency({ micros: 1000 }), cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: -0.1, takerBps: 0.5 }] }), intervalMicros: 5e6 }

describe('the page', async () => {
  const result = await backtest({ ...common, strategy: imbalanceMarketMaker({ lots: 100, maxPositionLots: 500 }) })
  const rule = await backtest({ ...common, strategy: imbalanceRule({ lots: 100, everyMicros: 10e6 }) })
  const fiction = await backtest({ ...common, strategy: imbalanceRule({ lots: 100, everyMicros: 10e6 }), takerFills: 'mid-fiction' })
  const random = randomEntry(roundTrips(rule.fills, rule.instruments), { instrument: rule.instruments[0]!, quotes: (await quoteTape(source))!, draws: 50 })
  const page = backtestReport(result, { data: { name: 'Simulated market', period: '20 minutes', synthetic: true }, others: [rule, fiction], randomEntry: random, costs: costAnalysis(result), footer: 'made here' })

  it('is one file that asks for nothing', () => {
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(page).not.toMatch(/<script|src="http|href="http/)
  })
  it('says what was found, and that it is synthetic', () => {
    expect(page).toContain('Less than a day of data cannot establish a Sharpe ratio')
    expect(page).toContain('Synthetic data')
    expect(page).toContain('no venue does')
    expect(page).toContain('Implementation shortfall')
    for (const heading of ['What was found', 'Profit and loss', 'Costs', 'Trades', 'Comparison', 'How it was run']) expect(page).toContain(`>${heading}</h2>`)
  })
  it('shows the same numbers as the result', () => {
    expect(resultInWords(result)).toContain(`${result.profitAndLoss.net.toFixed(2)} USD after costs`)
    expect(formatReport(result)).toContain(result.profitAndLoss.gross.toFixed(2))
  })
  it('is made of a run that did nothing too', async () => {
    const idle = await backtest({ ...common, strategy: { name: 'idle', init: () => undefined } })
    expect(resultInWords(idle)).toContain('It traded nothing.')
    expect(backtestReport(idle, { data: { name: 'Simulated market', period: '20 minutes', synthetic: true } })).toContain('idle')
  })
})

it('bins hold every value once', () => {
  expect(histogram([0, 1, 2, 3, 4], 2)).toEqual({ edges: [0, 2, 4], counts: [2, 3] })
  expect(histogram([], 5)).toEqual({ edges: [], counts: [] })
  expect(histogram([3, 3], 5)).toEqual({ edges: [3, 3], counts: [2] })
})
