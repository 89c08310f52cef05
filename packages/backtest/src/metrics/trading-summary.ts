import type { Instrument, Micros } from '@rxlob/core'
import type { EquityCurve } from '../engine/equity-curve.js'
import type { FillRecord } from '../fill-record.js'
import { moments } from '../numeric/moments.js'
import { minTrackRecord } from './min-track-record.js'
import { probabilisticSharpe } from './probabilistic-sharpe.js'
import { profitFactor } from './profit-factor.js'
import { roundTrips } from './round-trips.js'
import { sharpeRatio } from './sharpe-ratio.js'
import { sharpeStandardError } from './sharpe-standard-error.js'
import { sortinoRatio } from './sortino-ratio.js'
import { winRate } from './win-rate.js'

/** What a run came to. Currency is the settlement currency; NaN where a number is not defined. */
export interface TradingSummary {
  readonly fills: number
  readonly makerFills: number
  readonly tradedLots: number
  /** Value of all fills. */
  readonly turnover: number
  readonly roundTrips: number
  /** Of closed round trips, net of all costs. */
  readonly winRate: number
  readonly profitFactor: number
  readonly meanTripNet: number
  readonly meanHoldingMicros: Micros
  /** Share of the run that a position was open. */
  readonly exposure: number
  /** Cost per value traded, in basis points, beyond spread and impact, at which the run would have made nothing. */
  readonly breakEvenFeeBps: number
  /** Net per lot traded, ticks. */
  readonly netTicksPerLot: number
  /** Mean half spread paid per lot, ticks, before impact: negative where earned. */
  readonly spreadTicksPerLot: number
  /** At every move of the mid, settlement currency. */
  readonly maxDrawdown: number
  readonly maxDrawdownMicros: Micros
  /** Of net returns on the grid of the curve, per interval; nothing is annualised from less than a day. */
  readonly sharpe: { readonly intervals: number; readonly perInterval: number; readonly standardError: number; readonly probability: number; readonly sortino: number; readonly minTrackRecordIntervals: number }
}

export interface SummaryInput {
  readonly fills: readonly FillRecord[]
  readonly instruments: readonly Instrument[]
  readonly curve: EquityCurve
  readonly turnover: number
  readonly durationMicros: Micros
  readonly exposedMicros: Micros
  readonly maxDrawdown: number
  readonly maxDrawdownMicros: Micros
}

export function tradingSummary(input: SummaryInput): TradingSummary {
  const { fills, instruments, curve, turnover } = input
  const trips = roundTrips(fills, instruments)
  const nets = trips.map(({ net }) => net)
  const last = curve.ts.length - 1
  const net = curve.net[last] ?? 0
  const fees = curve.fees[last] ?? 0
  const tradedLots = fills.reduce((sum, { lots }) => sum + lots, 0)
  const tickValues = fills.reduce((sum, { instrument, lots }) => sum + lots * tickValue(instruments, instrument), 0)
  const spread = fills.reduce((sum, fill) => sum + fill.spread, 0)
  // The last row is the end of the run, not a whole interval.
  const returns = curve.net.slice(0, -1).map((value, row) => value - (row === 0 ? 0 : curve.net[row - 1]!))
  const { skewness, kurtosis } = moments(returns)
  const perInterval = sharpeRatio(returns)
  return {
    fills: fills.length,
    makerFills: fills.filter(({ liquidity }) => liquidity === 'maker').length,
    tradedLots,
    turnover,
    roundTrips: trips.length,
    winRate: winRate(nets),
    profitFactor: profitFactor(nets),
    meanTripNet: nets.reduce((sum, value) => sum + value, 0) / nets.length,
    meanHoldingMicros: trips.reduce((sum, { openedAt, closedAt }) => sum + closedAt - openedAt, 0) / trips.length,
    exposure: input.exposedMicros / input.durationMicros,
    breakEvenFeeBps: ((net + fees) / turnover) * 10_000,
    netTicksPerLot: net / tickValues,
    spreadTicksPerLot: spread / tickValues,
    maxDrawdown: input.maxDrawdown,
    maxDrawdownMicros: input.maxDrawdownMicros,
    sharpe: {
      intervals: returns.length,
      perInterval,
      standardError: sharpeStandardError(returns),
      probability: probabilisticSharpe(returns),
      sortino: sortinoRatio(returns),
      minTrackRecordIntervals: minTrackRecord({ sharpe: perInterval, skewness, kurtosis }),
    },
  }
}

/** Settlement currency of a tick of a lot; NaN for inverse contracts, where it depends on the price. */
function tickValue(instruments: readonly Instrument[], id: string): number {
  const instrument = instruments.find((candidate) => candidate.id === id)
  if (instrument === undefined || instrument.contract === 'inverse') return NaN
  return instrument.tickSize * instrument.lotSize * instrument.multiplier
}
