// Quotes both sides of a day, and writes a page that sets the result beside what it has to beat. LOBSTER day: node index.ts FOLDER SYMBOL LEVELS
import { mkdir, writeFile } from 'node:fs/promises'
import { lobster } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import { alwaysLong, backtest, backtestReport, constantLatency, costAnalysis, feeSchedule, imbalanceMarketMaker, imbalanceRule, pessimisticQueue, resultInWords, tradeTape } from '@rxlob/backtest'
import type { Strategy } from '@rxlob/core'

const [folder, symbol = 'GOOG', levels = '10'] = process.argv.slice(2)
const source = folder === undefined ? simulator({ seed: 1, durationMicros: 1800e6 }) : lobster({ folder, symbol, levels: Number(levels) })
const latency = constantLatency({ micros: 1000 })
const cost = feeSchedule({ tiers: [{ fromVolume: 0, makerBps: -0.04, takerBps: 0.05 }] })
const maker = imbalanceMarketMaker({ lots: 100, maxPositionLots: 500 })
const run = (strategy: Strategy) => backtest({ source, strategy, latency, cost })

const result = await run(maker)
const pessimistic = await backtest({ source, strategy: maker, latency, cost, queue: pessimisticQueue() })
const others = [pessimistic, await run(imbalanceRule({ lots: 100 })), await run(alwaysLong({ lots: 100 }))]

const page = backtestReport(result, {
  data: { name: folder === undefined ? 'Simulated market, seed 1' : `NASDAQ ${symbol} (LOBSTER)`, period: `${result.fromTime.slice(0, 19)} to ${result.toTime.slice(0, 19)} UTC`, synthetic: folder === undefined },
  timeZone: 'America/New_York',
  others,
  costs: costAnalysis(result, { tape: await tradeTape(source) }),
})
await mkdir('out', { recursive: true })
await writeFile('out/market-maker.html', page)
if (folder === undefined) console.log('Synthetic data: a simulated market.\n')
console.log(`${resultInWords(result, others.length + 1)}\n\nreport: out/market-maker.html`)
