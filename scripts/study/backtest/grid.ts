import { alwaysLong, backtest, constantLatency, feeSchedule, imbalanceMarketMaker, imbalanceRule, pessimisticQueue, powerQueue, quoteTape, randomEntry, roundTrips, type BacktestResult, type QueueModel, type QuoteTape, type RandomEntry } from '@rxlob/backtest'
import type { Instrument, Micros, Source, Strategy } from '@rxlob/core'
import { meanInterval } from '@rxlob/evaluation'
import type { DataSet, FeeLevel } from './data-sets.ts'

export const latencies = [0, 1, 10, 50, 200]

export interface Cell {
  readonly strategy: string
  readonly queue: string
  readonly latencyMillis: number
  readonly fees: FeeLevel
  readonly net: number
  readonly low: number
  readonly high: number
  readonly gross: number
  readonly spread: number
  readonly impact: number
  readonly paidFees: number
  readonly fills: number
  readonly makerShare: number
  readonly breakEvenBps: number
  readonly netTicksPerLot: number
  readonly halfSpreadTicks: number
  readonly random: RandomEntry | undefined
}

export interface Grid {
  readonly cells: readonly Cell[]
  /** The same quotes at 1 ms and the lowest fees under other beliefs about their place; none where places are exact. */
  readonly queues: readonly Cell[]
  readonly long: BacktestResult
  readonly clockOffsetMicros: Micros
  readonly takerLots: number
  readonly makerLots: number
  readonly runs: number
  /** The market maker at 1 ms without fees. */
  readonly shown: BacktestResult
}

/** Two strategies at every latency and fee, against always long and random entry. */
export async function grid(set: DataSet, source: Source, onRun: (runs: number) => void): Promise<Grid> {
  const quotes = (await quoteTape(source))!
  const first = await backtest({ source, strategy: alwaysLong({ lots: 1 }), latency: constantLatency({ micros: 1000 }), cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: 0, takerBps: 0 }] }), ...(set.estimateClock && { clockOffsetMicros: 'estimate' as const }) })
  const { clockOffsetMicros } = first
  const instrument = first.instruments[0]!
  const makerLots = lotsWorth(set.value, instrument, quotes)
  // Small enough to be filled at the touch, as random entry is.
  const takerLots = Math.max(1, Math.round(makerLots / 10))
  let runs = 0
  const run = async (strategy: Strategy, latencyMillis: number, { makerBps, takerBps }: FeeLevel, queue?: QueueModel): Promise<BacktestResult> => {
    const result = await backtest({
      source, strategy, latency: constantLatency({ micros: latencyMillis * 1000 }), cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps, takerBps }] }), intervalMicros: set.intervalMicros, clockOffsetMicros,
      ...(queue !== undefined && { queue }),
    })
    onRun(++runs)
    return result
  }
  const strategies: readonly (() => Strategy)[] = [() => imbalanceRule({ lots: takerLots }), () => imbalanceMarketMaker({ lots: makerLots, maxPositionLots: 5 * makerLots })]
  const cells: Cell[] = []
  let shown: BacktestResult | undefined
  for (const make of strategies) {
    for (const latencyMillis of latencies) {
      for (const fees of set.fees) {
        const result = await run(make(), latencyMillis, fees)
        cells.push(cellOf(result, latencyMillis, fees, set, quotes))
        if (latencyMillis === 1 && fees === set.fees[0]) shown = result
      }
    }
  }
  const queues: Cell[] = []
  if (source.supports.book !== 'l3') for (const queue of [pessimisticQueue(), powerQueue()]) queues.push(cellOf(await run(strategies[1]!(), 1, set.fees[0]!, queue), 1, set.fees[0]!, set, quotes))
  const long = await run(alwaysLong({ lots: takerLots }), 1, set.fees[0]!)
  return { cells, queues, long, clockOffsetMicros, takerLots, makerLots, runs, shown: shown! }
}

function cellOf(result: BacktestResult, latencyMillis: number, fees: FeeLevel, set: DataSet, quotes: QuoteTape): Cell {
  const { strategy, models, profitAndLoss: { gross, spread, impact, net, fees: paidFees }, fills, summary } = result
  const takes = summary.makerFills < fills.length / 2
  return {
    strategy, queue: models.queue, latencyMillis, fees, gross, spread, impact, net, paidFees, ...interval(result, set), fills: fills.length, makerShare: summary.makerFills / fills.length,
    breakEvenBps: summary.breakEvenFeeBps, netTicksPerLot: summary.netTicksPerLot, halfSpreadTicks: summary.spreadTicksPerLot,
    // Both sides pay the same fees: compared once a latency, without.
    random: takes && fees === set.fees[0] && fills.length > 1 ? randomEntry(roundTrips(fills, result.instruments), { instrument: result.instruments[0]!, quotes, feeBps: fees.takerBps, draws: 1000 }) : undefined,
  }
}

/** 95 % interval of the whole net, from blocks of returns. */
function interval({ curve }: BacktestResult, { meanBlock }: DataSet): { low: number; high: number } {
  const returns = curve.net.map((net, row) => net - (row === 0 ? 0 : curve.net[row - 1]!))
  const { low, high } = meanInterval(returns, { meanBlockRows: meanBlock, draws: 5000 })
  return { low: low * returns.length, high: high * returns.length }
}

function lotsWorth(value: number, { contract, lotSize, multiplier, tickSize }: Instrument, { bid }: QuoteTape): number {
  const price = bid.find((ticks) => !Number.isNaN(ticks))! * tickSize
  const lot = contract === 'inverse' ? lotSize * multiplier : lotSize * multiplier * price
  return Math.max(1, Math.round(value / lot))
}
