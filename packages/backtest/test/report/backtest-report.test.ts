import { simulator } from '@rxlob/adapters-simulator'
import { describe, expect, it } from 'vitest'
import { backtest, backtestReport, bookPicture, constantLatency, costAnalysis, feeSchedule, formatReport, imbalanceMarketMaker, imbalanceRule, pessimisticQueue, queueTruth, quoteTape, randomEntry, resultInWords, roundTrips } from '../../src/index.js'
import { histogram } from '../../src/report/histogram.js'

const source = simulator({ seed: 2, durationMicros: 1200e6 })
const common = { source, latency: constantLatency({ micros: 1000 }), cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: -0.1, takerBps: 0.5 }] }), intervalMicros: 5e6 }

describe('the page', async () => {
  const result = await backtest({ ...common, strategy: imbalanceMarketMaker({ lots: 100, maxPositionLots: 500 }) })
  const rule = await backtest({ ...common, strategy: imbalanceRule({ lots: 100, everyMicros: 10e6 }) })
  const fiction = await backtest({ ...common, strategy: imbalanceRule({ lots: 100, everyMicros: 10e6 }), takerFills: 'mid-fiction' })
  const random = randomEntry(roundTrips(rule.fills, rule.instruments), { instrument: rule.instruments[0]!, quotes: (await quoteTape(source))!, draws: 50 })
  const book = await bookPicture(source, { from: result.from + 60e6, to: result.from + 120e6, columns: 60, rows: 30 })
  const grids = [{ name: 'maker', latencies: ['0 ms', '10 ms'], fees: ['none', 'retail'], net: [5, -3, 2, -8], low: [1, -6, -1, -9], high: [9, 0, 5, -7] }]
  const queues = [await queueTruth(source, 'fifo'), await queueTruth(source, pessimisticQueue())]
  const page = backtestReport(result, { data: { name: 'Simulated market', period: '20 minutes', synthetic: true }, others: [rule, fiction], randomEntry: random, costs: costAnalysis(result), footer: 'made here', book, grids, queues })

  it('is one file that asks for nothing', () => {
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(page).not.toMatch(/<script|src="http|href="http/)
  })
  it('says what was found, and that it is synthetic', () => {
    expect(page).toContain('Less than a day of data cannot establish a Sharpe ratio')
    expect(page).toContain('Synthetic data')
    expect(page).toContain('no venue does')
    expect(page).toContain('Implementation shortfall')
    for (const heading of ['What was found', 'Profit and loss', 'Costs', 'Trades', 'Comparison', 'Queue models', 'How it was run']) expect(page).toContain(`>${heading}</h2>`)
  })
  it('draws the grid, the fills on the book, the runs beside each other and the way from gross to net', () => {
    for (const title of ['maker: net by latency and fees', 'Our fills on the book', 'Net of every run', 'Where the money went', 'When each model fills orders']) expect(page).toContain(title)
    expect(book.times).toHaveLength(60)
    expect(book.sizes).toHaveLength(60 * 30)
    // The book shows sizes on both sides of every mid.
    book.mid.forEach((mid, at) => {
      const column = book.sizes.slice(at * 30, (at + 1) * 30)
      expect(column.some((size, row) => size > 0 && book.prices[row]! < mid)).toBe(true)
      expect(column.some((size, row) => size > 0 && book.prices[row]! > mid)).toBe(true)
    })
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
