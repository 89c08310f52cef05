import { LobError, type Clock, type Micros } from '@rxlob/core'
import { referenceMarket, type ReferenceMarket, type ReferenceMarketOptions } from './reference-market.js'

export interface ReferenceExchangeOptions {
  readonly clock: Clock
  /** Default 1. */
  readonly seed?: number
  readonly symbols: Readonly<Record<string, ReferenceMarketOptions>>
  /** Orders a second and symbol. Default 50; 0: nothing happens but by `market.act`. */
  readonly ordersPerSecond?: number
}

/** Markets that trade by themselves on a clock. */
export interface ReferenceExchange {
  /** The venue's clock: it may be stepped. */
  readonly clock: Clock
  /** The venue's clock jumps; timers do not mind. */
  step(micros: Micros): void
  readonly markets: ReadonlyMap<string, ReferenceMarket>
  /** @throws {LobError} LOB_BAD_OPTION where there is no such market. */
  market(symbol: string): ReferenceMarket
  stop(): void
}

/** How often the clock deals with the orders that are due: at each of them, within these. */
const shortestRoundMicros = 10_000
const longestRoundMicros = 100_000

export function referenceExchange({ clock: steady, seed = 1, symbols, ordersPerSecond = 50 }: ReferenceExchangeOptions): ReferenceExchange {
  let skew = 0
  const clock: Clock = { now: () => steady.now() + skew, after: (micros, run) => steady.after(micros, run) }
  const markets = new Map(Object.entries(symbols).map(([symbol, options], rank) => [symbol, referenceMarket(symbol, seed * 10_007 + rank, () => clock.now(), options)]))
  if (markets.size === 0) throw new LobError('LOB_BAD_OPTION', 'Option symbols: expected at least one market, got none.')
  const roundMicros = Math.min(longestRoundMicros, Math.max(shortestRoundMicros, Math.round(1_000_000 / ordersPerSecond)))
  let due = 0
  let cancel = (): void => {}

  function round(): void {
    due += (ordersPerSecond * roundMicros) / 1_000_000
    const orders = Math.floor(due)
    due -= orders
    if (orders > 0) for (const market of markets.values()) market.act(orders)
    cancel = clock.after(roundMicros, round)
  }
  if (ordersPerSecond > 0) cancel = clock.after(roundMicros, round)

  return {
    clock,
    step(micros) {
      skew += micros
    },
    markets,
    market(symbol) {
      const market = markets.get(symbol)
      if (market === undefined) throw new LobError('LOB_BAD_OPTION', `There is no market ${symbol}; there are ${[...markets.keys()].join(', ')}.`)
      return market
    },
    stop: () => cancel(),
  }
}
