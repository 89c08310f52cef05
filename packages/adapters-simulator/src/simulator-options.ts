import { decimalGrid, integerOption, LobError, numberOption, type Instrument, type Micros, type Ticks } from '@rxlob/core'
import { plantedScript, type PlantedSignal } from './planted-signal.js'
import type { MarketRates } from './reactive-market.js'
import { regimeSchedule, type Regime } from './regimes.js'

export interface SimulatorOptions {
  /** Every number follows from it: the same seed gives the same bits. An unsigned 32-bit integer. Default 1. */
  readonly seed?: number
  /** Symbol of the instrument, whose id is `sim:SYMBOL`. Default `DEMO`. */
  readonly symbol?: string
  /** Virtual time of the opening snapshot. Default 2024-01-02T14:30:00Z, the opening bell in New York. */
  readonly startMicros?: Micros
  /** Virtual length of the session, up to 31 days. Default one hour. */
  readonly durationMicros?: Micros
  /** Opening price of the best bid, quote units: a multiple of `tickSize`, 100 ticks or more. Default 100. */
  readonly price?: number
  /** Smallest price step, quote units. Default 0.01. */
  readonly tickSize?: number
  /** Smallest size step, base units. Orders are of 1 to 2000 such steps. Default 1. */
  readonly lotSize?: number
  /** Levels per side that the source shows; the exchange behind it keeps them all. Default Infinity. */
  readonly levels?: number
  /** Rates of the market, per second of virtual time. Not with `signal`. Default: see `MarketRates`. */
  readonly rates?: Partial<MarketRates>
  /** Plants a signal of known accuracy in a market made for that. Default none: the market reacts to its own book. */
  readonly signal?: PlantedSignal
  /** What changes during the session, in time order. Default nothing. */
  readonly regimes?: readonly Regime[]
}

/** Options with their defaults filled in. */
export interface SessionPlan {
  readonly seed: number
  readonly instrument: Instrument
  readonly startMicros: Micros
  readonly durationMicros: Micros
  readonly openingBidTicks: Ticks
  readonly levels: number
  readonly rates: MarketRates
  readonly signal: PlantedSignal | undefined
  readonly regimes: readonly Regime[]
}

/** 2024-01-02T14:30:00Z. */
const openingBell = 1_704_205_800_000_000
const hourMicros = 3_600_000_000

const refuse = (message: string): never => {
  throw new LobError('LOB_BAD_OPTION', message)
}

/** @throws {LobError} LOB_BAD_OPTION naming the option and what it takes. */
export function sessionPlan(options: SimulatorOptions): SessionPlan {
  const { symbol = 'DEMO', tickSize = 0.01, lotSize = 1, price = 100, levels = Infinity, signal, regimes = [] } = options
  if (!/^[A-Za-z0-9.-]+$/.test(symbol)) refuse(`Option symbol: expected letters, digits, dots and dashes, got ${JSON.stringify(symbol)}.`)
  const seed = integerOption('seed', options.seed ?? 1, 0, 0xffffffff)
  const openingBidTicks = decimalGrid(tickSize).toCount(price)
  decimalGrid(lotSize)
  if (!Number.isSafeInteger(openingBidTicks) || openingBidTicks < 100) {
    refuse(`Option price: expected a multiple of the tick size ${tickSize}, 100 ticks or more, got ${price}.`)
  }
  if (signal === undefined) {
    regimeSchedule(regimes, 0.5)
    if (regimes.some(({ accuracy }) => accuracy !== undefined)) refuse('Option regimes: an accuracy needs a planted signal; set `signal` too.')
  } else {
    plantedScript({ seed, signal, regimes })
    if (options.rates !== undefined) refuse('Option rates: a market with a planted signal has none; set `signal.eventsPerSecond` instead.')
    if (regimes.some(({ aggression }) => aggression !== undefined)) refuse('Option regimes: aggression has no meaning in a market with a planted signal; change its `accuracy` or `activity`.')
  }
  const upper = symbol.toUpperCase()
  return {
    seed,
    instrument: {
      id: `sim:${upper}`, venue: 'sim', symbol: upper, kind: 'equity', base: upper, quote: 'USD', settle: 'USD',
      contract: 'linear', tickSize, lotSize, multiplier: 1,
    },
    startMicros: integerOption('startMicros', options.startMicros ?? openingBell, 0),
    durationMicros: integerOption('durationMicros', options.durationMicros ?? hourMicros, 1, 31 * 24 * hourMicros),
    openingBidTicks,
    levels: levels === Infinity ? levels : integerOption('levels', levels, 1),
    rates: {
      limitOrders: numberOption('rates.limitOrders', options.rates?.limitOrders ?? 30, 0.001, 1e6),
      marketOrders: numberOption('rates.marketOrders', options.rates?.marketOrders ?? 1.5, 0, 1e6),
      cancellations: numberOption('rates.cancellations', options.rates?.cancellations ?? 0.6, 0.0001, 1e3),
      hiddenShare: numberOption('rates.hiddenShare', options.rates?.hiddenShare ?? 0.25, 0, 1),
    },
    signal,
    regimes,
  }
}
