import { LobError, type Instrument } from '@rxlob/core'
import { decimalOf } from '@rxlob/feed'
import { listOf, objectOf, optionalText, textOf, type Fields } from './fields.js'
import type { CoinbaseFeed } from './urls.js'

/** Prefix of instrument ids: both feeds show the same market. */
export const venue = 'coinbase'

/** An instrument and the state of its market. */
export interface ListedInstrument {
  readonly instrument: Instrument
  /** `online`, `offline`, `delisted`, ...: the venue's own word. */
  readonly status: string
  /** The product whose book this one shows, where it has none of its own (`BTC-USDC` shows `BTC-USD`). */
  readonly alias: string | undefined
}

/**
 * Metadata of the symbols asked for, from an answer of `/products`.
 *
 * @throws {LobError} LOB_BAD_OPTION naming the symbols that the venue does not list, or two that are one book; LOB_BAD_MESSAGE where the
 *   answer is none.
 */
export function readInstruments(body: unknown, feed: CoinbaseFeed, symbols: readonly string[]): readonly ListedInstrument[] {
  const products = (feed === 'exchange' ? listOf({ products: body }, 'products') : listOf(objectOf(body), 'products')).map(objectOf)
  const idField = feed === 'exchange' ? 'id' : 'product_id'
  const byId = new Map(products.map((product) => [product[idField], product]))
  const missing = symbols.filter((symbol) => !byId.has(symbol))
  if (missing.length > 0) throw new LobError('LOB_BAD_OPTION', `Option symbols: ${venue} lists no ${missing.join(', ')}. Symbols are written as BTC-USD.`)
  const found = symbols.map((symbol) => (feed === 'exchange' ? exchangeProduct(symbol, byId.get(symbol)!) : advancedProduct(symbol, byId.get(symbol)!)))
  for (const { instrument, alias } of found) {
    if (alias !== undefined && symbols.includes(alias)) {
      throw new LobError('LOB_BAD_OPTION', `Option symbols: ${instrument.symbol} and ${alias} are one book, which the venue sends as ${alias}; ask for one of them.`)
    }
  }
  return found
}

function exchangeProduct(symbol: string, product: Fields): ListedInstrument {
  return {
    instrument: spot(symbol, textOf(product, 'base_currency'), textOf(product, 'quote_currency'), stepOf(product, 'quote_increment'), stepOf(product, 'base_increment')),
    status: optionalText(product, 'status') ?? 'online',
    alias: undefined,
  }
}

function advancedProduct(symbol: string, product: Fields): ListedInstrument {
  const type = optionalText(product, 'product_type') ?? 'SPOT'
  if (type !== 'SPOT') throw new LobError('LOB_BAD_OPTION', `Option symbols: ${symbol} is of type ${type}; only spot products are supported.`)
  return {
    instrument: spot(symbol, textOf(product, 'base_currency_id'), textOf(product, 'quote_currency_id'), stepOf(product, 'price_increment'), stepOf(product, 'base_increment')),
    status: optionalText(product, 'status') ?? 'online',
    alias: optionalText(product, 'alias'),
  }
}

/** A spot product of Coinbase. */
export function spot(symbol: string, base: string, quote: string, tickSize: number, lotSize: number): Instrument {
  return { id: `${venue}:${symbol}`, venue, symbol, kind: 'spot', base, quote, settle: quote, contract: 'linear', tickSize, lotSize, multiplier: 1 }
}

function stepOf(product: Fields, field: string): number {
  const step = decimalOf(textOf(product, field))
  if (step > 0) return step
  throw new LobError('LOB_BAD_MESSAGE', `Field ${field}: expected a step above 0, got ${step}.`)
}
