import { LobError, type Instrument, type InstrumentId } from '@rxlob/core'
import { decimalOf } from '@rxlob/feed'
import type { BinanceMarket } from './urls.js'

interface WireFilter {
  readonly filterType: string
  readonly tickSize?: string
  readonly stepSize?: string
}

/** The fields of an exchangeInfo symbol that are read; futures have the last four. */
interface WireSymbol {
  readonly symbol: string
  readonly status?: string
  readonly baseAsset: string
  readonly quoteAsset: string
  readonly quotePrecision?: number
  readonly baseAssetPrecision?: number
  readonly filters: readonly WireFilter[]
  readonly contractType?: string
  readonly contractStatus?: string
  readonly marginAsset?: string
  readonly contractSize?: number
}

/** An instrument and the state of its market. */
export interface ListedInstrument {
  readonly instrument: Instrument
  /** `TRADING`, `HALT`, `BREAK`, ...: the venue's own word. */
  readonly status: string
}

/**
 * Metadata of the symbols asked for, from an exchangeInfo answer.
 *
 * A filter of 0 switches the venue's rule off: then the grid is the finest decimal of the asset.
 *
 * @throws {LobError} LOB_BAD_OPTION naming the symbols that the venue does not list; LOB_BAD_MESSAGE where the answer is none.
 * @see https://github.com/binance/binance-spot-api-docs/blob/master/filters.md
 */
export function readInstruments(body: unknown, market: BinanceMarket, venue: string, symbols?: readonly string[]): readonly ListedInstrument[] {
  const listed = (body as { symbols?: readonly WireSymbol[] } | null)?.symbols
  if (!Array.isArray(listed)) throw new LobError('LOB_BAD_MESSAGE', `Expected an exchangeInfo answer with symbols, got ${JSON.stringify(body)?.slice(0, 200)}.`)
  const wanted = symbols && new Set(symbols)
  const found = (listed as readonly WireSymbol[]).filter(({ symbol }) => wanted?.has(symbol) ?? true)
  const missing = symbols?.filter((symbol) => !found.some((each) => each.symbol === symbol)) ?? []
  if (missing.length > 0) throw new LobError('LOB_BAD_OPTION', `Option symbols: ${venue} lists no ${missing.join(', ')}. Symbols are upper-case, such as BTCUSDT.`)
  return found.map((each) => ({ instrument: instrumentOf(each, market, venue), status: each.status ?? each.contractStatus ?? 'TRADING' }))
}

function instrumentOf(each: WireSymbol, market: BinanceMarket, venue: string): Instrument {
  const inverse = market === 'coinm'
  return {
    id: `${venue}:${each.symbol}` as InstrumentId,
    venue,
    symbol: each.symbol,
    kind: market === 'spot' || market === 'us' ? 'spot' : each.contractType === 'PERPETUAL' ? 'perpetual' : 'future',
    base: each.baseAsset,
    quote: each.quoteAsset,
    settle: each.marginAsset ?? each.quoteAsset,
    contract: inverse ? 'inverse' : 'linear',
    tickSize: stepOf(each, 'PRICE_FILTER', 'tickSize', each.quotePrecision),
    lotSize: stepOf(each, 'LOT_SIZE', 'stepSize', each.baseAssetPrecision),
    multiplier: inverse ? (each.contractSize ?? 1) : 1,
  }
}

function stepOf(each: WireSymbol, filterType: string, field: 'tickSize' | 'stepSize', precision = 8): number {
  const text = each.filters.find((filter) => filter.filterType === filterType)?.[field]
  const step = text === undefined ? 0 : decimalOf(text)
  return step > 0 ? step : Number(`1e-${precision}`)
}

