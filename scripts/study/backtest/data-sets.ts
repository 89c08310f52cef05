import { binanceCapture, captureInstrument } from '@rxlob/adapters-binance'
import { lobster } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import type { Micros, Source } from '@rxlob/core'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { binanceCaptures } from '../captures.ts'

export interface FeeLevel {
  readonly name: string
  readonly makerBps: number
  readonly takerBps: number
}

export interface DataSet {
  /** Of the folder under `results/`. */
  readonly slug: string
  readonly name: string
  readonly synthetic: boolean
  readonly source: Source
  /** Value that the taker trades at a time and that each quote shows, currency of the quote. */
  readonly value: number
  readonly fees: readonly FeeLevel[]
  /** Grid of returns for the intervals, and their mean block. */
  readonly intervalMicros: Micros
  readonly meanBlock: number
  /** The recorder's clock may lag the venue's: read the offset from the data. */
  readonly estimateClock: boolean
  /** What to keep in mind when reading the numbers. */
  readonly note: string
}

const none: FeeLevel = { name: 'none', makerBps: 0, takerBps: 0 }
const equityFees = [none, { name: 'exchange, with rebate', makerBps: -0.04, takerBps: 0.05 }, { name: 'retail broker', makerBps: 1, takerBps: 1 }]
const futuresFees = [none, { name: 'highest tier', makerBps: 0, takerBps: 1.7 }, { name: 'regular', makerBps: 2, takerBps: 5 }]
const spotFees = [none, { name: 'highest tier', makerBps: 1.1, takerBps: 2.3 }, { name: 'regular', makerBps: 10, takerBps: 10 }]
const day = { intervalMicros: 60e6, meanBlock: 10 }
const minutes = { intervalMicros: 1e6, meanBlock: 20 }

/** The simulator, and every LOBSTER day and Binance capture that is at hand; the simulator alone without a folder. */
export function dataSets(data: string | undefined): DataSet[] {
  const simulated: DataSet = {
    slug: 'simulator', name: 'Simulated market, seed 1, half an hour', synthetic: true, source: simulator({ seed: 1, durationMicros: 1800e6 }), value: 10_000, fees: equityFees, ...minutes, estimateClock: false,
    note: 'Synthetic data test the software and say nothing about any market.',
  }
  return data === undefined ? [simulated] : [simulated, ...lobsterDays(data), ...captures(data)]
}

function lobsterDays(data: string): DataSet[] {
  const folder = [data, join(data, 'lobster')].find((each) => existsSync(each) && readdirSync(each).some((file) => /_message_\d+\.csv/.test(file)))
  if (folder === undefined) return []
  return [['GOOG', 10, 57_000], ['AAPL', 1, 58_000]].flatMap(([symbol, levels, value]) =>
    readdirSync(folder).some((file) => file.startsWith(`${symbol}_`) && file.includes(`_orderbook_${levels}.csv`))
      ? [{
          slug: String(symbol), name: `NASDAQ ${symbol}, LOBSTER sample, ${levels === 1 ? 'best level' : `${levels} levels`}`, synthetic: false, source: lobster({ folder, symbol: String(symbol), levels: Number(levels) }),
          value: Number(value), fees: equityFees, ...day, estimateClock: false, note: 'One day of one stock calibrates software; it is no evidence of skill.',
        }]
      : [])
}

/** Price steps of August 2024; the table of the adapter has the finest that the venue ever used. */
const tickSizes: Readonly<Record<string, number>> = { 'usdm BTCUSDT': 0.1 }

function captures(data: string): DataSet[] {
  if (!existsSync(join(data, 'binance/hftbacktest'))) return []
  return binanceCaptures(data).map(({ name, options }) => {
    const { market = 'spot', symbols } = options
    const instrument = captureInstrument(market, symbols[0]!)
    const tickSize = tickSizes[`${market} ${symbols[0]}`] ?? instrument.tickSize
    return {
      slug: `binance-${market}-${symbols[0]!.toLowerCase().replace('_', '-')}`, name: `Binance ${market} ${symbols[0]}, capture of August 2024`, synthetic: false,
      source: binanceCapture({ ...options, instruments: [{ ...instrument, tickSize }] }), value: 600, fees: market === 'spot' ? spotFees : futuresFees, ...minutes, estimateClock: true,
      note: `Minutes of ${name} calibrate software; they are no evidence of skill.`,
    }
  })
}
