import type { Lots, Micros, Side, Ticks } from '@rxlob/core'
import { gridText } from './decimal-grid-text.js'
import type { ReferenceMarket, VenueTrade } from './reference-market.js'

/** Unit of a connection's times. */
export type BinanceTimeUnit = 'ms' | 'us'

export const wireTime = (micros: Micros, unit: BinanceTimeUnit): number => (unit === 'us' ? micros : Math.floor(micros / 1000))

/** How a market writes: spot with eight decimals, futures with those of the step. */
export interface BinanceTexts {
  level(ticks: Ticks, lots: Lots): string
  side(levels: Iterable<readonly [Ticks, Lots]>): string
  depth(event: { readonly U: number; readonly u: number; readonly pu: number; readonly bids: string; readonly asks: string }, time: Micros, unit: BinanceTimeUnit): string
  partial(lastUpdateId: number, bids: string, asks: string): string
  trade(trade: VenueTrade, unit: BinanceTimeUnit): string
  aggTrade(trades: readonly VenueTrade[], id: number, unit: BinanceTimeUnit): string
  ticker(id: number, bid: readonly [Ticks, Lots] | undefined, ask: readonly [Ticks, Lots] | undefined, time: Micros, unit: BinanceTimeUnit): string
}

export function binanceTexts({ symbol, options }: ReferenceMarket, futures: boolean): BinanceTexts {
  const prices = gridText(options.tickSize, futures ? undefined : 8)
  const sizes = gridText(options.lotSize, futures ? undefined : 8)
  const level = (ticks: Ticks, lots: Lots): string => `["${prices.text(ticks)}","${sizes.text(lots)}"]`
  const nothing = prices.text(0)
  const extra = futures ? `,"ps":"${symbol}","st":1` : ''
  const aggressor = (maker: Side): boolean => maker === 'bid'

  return {
    level,
    side: (levels) => Array.from(levels, ([ticks, lots]) => level(ticks, lots)).join(','),
    depth: ({ U, u, pu, bids, asks }, time, unit) => {
      const at = wireTime(time, unit)
      return `{"e":"depthUpdate","E":${at},${futures ? `"T":${at},` : ''}"s":"${symbol}"${extra},"U":${U},"u":${u}${futures ? `,"pu":${pu}` : ''},"b":[${bids}],"a":[${asks}]}`
    },
    partial: (id, bids, asks) => `{"lastUpdateId":${id},"bids":[${bids}],"asks":[${asks}]}`,
    trade({ id, ticks, lots, maker, time }, unit) {
      const at = wireTime(time, unit)
      return `{"e":"trade","E":${at},"s":"${symbol}","t":${id},"p":"${prices.text(ticks)}","q":"${sizes.text(lots)}","T":${at},"m":${aggressor(maker)}${futures ? ',"X":"MARKET"' : ',"M":true'}}`
    },
    aggTrade(trades, id, unit) {
      const first = trades[0]!
      const lots = trades.reduce((sum, trade) => sum + trade.lots, 0)
      const at = wireTime(first.time, unit)
      return `{"e":"aggTrade","E":${at},"s":"${symbol}","a":${id},"p":"${prices.text(first.ticks)}","q":"${sizes.text(lots)}",${futures ? `"nq":"${sizes.text(lots)}",` : ''}"f":${first.id},"l":${trades.at(-1)!.id},"T":${at},"m":${aggressor(first.maker)}${futures ? ',"st":1' : ',"M":true'}}`
    },
    ticker(id, bid, ask, time, unit) {
      const at = wireTime(time, unit)
      const quote = ([ticks, lots]: readonly [Ticks, Lots]): readonly [string, string] => [prices.text(ticks), sizes.text(lots)]
      const [b, B] = bid === undefined ? [nothing, sizes.text(0)] : quote(bid)
      const [a, A] = ask === undefined ? [nothing, sizes.text(0)] : quote(ask)
      return `{${futures ? `"e":"bookTicker",` : ''}"u":${id},${futures ? `"E":${at},"T":${at},` : ''}"s":"${symbol}"${extra},"b":"${b}","B":"${B}","a":"${a}","A":"${A}"}`
    },
  }
}

/** An exchangeInfo answer. */
export function exchangeInfo(markets: Iterable<ReferenceMarket>, futures: boolean, weightPerMinute: number, now: Micros): unknown {
  return {
    timezone: 'UTC',
    serverTime: wireTime(now, 'ms'),
    rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightPerMinute }],
    exchangeFilters: [],
    symbols: Array.from(markets, ({ symbol, options, halted }) => {
      const tickSize = gridText(options.tickSize, futures ? undefined : 8)
      const stepSize = gridText(options.lotSize, futures ? undefined : 8)
      return {
        symbol, status: halted ? 'HALT' : 'TRADING', baseAsset: options.base, baseAssetPrecision: 8, quoteAsset: options.quote, quotePrecision: 8, quoteAssetPrecision: 8,
        ...(futures ? { pair: symbol, contractType: 'PERPETUAL', marginAsset: options.quote } : { permissionSets: [['SPOT']] }),
        filters: [
          { filterType: 'PRICE_FILTER', minPrice: tickSize.text(1), maxPrice: tickSize.text(10 ** 8), tickSize: tickSize.text(1) },
          { filterType: 'LOT_SIZE', minQty: stepSize.text(1), maxQty: stepSize.text(10 ** 10), stepSize: stepSize.text(1) },
        ],
      }
    }),
  }
}
