import { LobError, type Instrument, type InstrumentId } from '@rxlob/core'
import { hostOf, type BinanceMarket } from './urls.js'

type Row = readonly [symbol: string, base: string, quote: string, tickSize: number, lotSize: number, multiplier?: number]

/**
 * Grids of symbols found in public captures that carry no metadata. The steps are the finest that the venue has used for the symbol,
 * so that one row fits captures of every year: prices and sizes of later, coarser grids lie on the finer one too.
 * COIN-M sizes are contracts of `multiplier` US dollars.
 */
const rows: Readonly<Record<BinanceMarket, readonly Row[]>> = {
  spot: [
    ['AXSBNB', 'AXS', 'BNB', 1e-6, 1],
    ['BTCAUD', 'BTC', 'AUD', 0.01, 1e-6],
    ['BTCSTUSDT', 'BTCST', 'USDT', 0.001, 0.001],
    ['BTCUSDT', 'BTC', 'USDT', 0.01, 1e-6],
    ['DENTUSDT', 'DENT', 'USDT', 1e-7, 1],
    ['DOTUSDT', 'DOT', 'USDT', 1e-4, 0.01],
    ['ETHBRL', 'ETH', 'BRL', 0.01, 1e-5],
    ['ETHBTC', 'ETH', 'BTC', 1e-6, 0.001],
    ['ETHUSDT', 'ETH', 'USDT', 0.01, 1e-5],
    ['MANAUSDT', 'MANA', 'USDT', 1e-5, 0.1],
    ['NEOUSDC', 'NEO', 'USDC', 0.001, 0.001],
    ['QTUMETH', 'QTUM', 'ETH', 1e-6, 0.01],
    ['RENBTCETH', 'RENBTC', 'ETH', 1e-4, 1e-4],
    ['ZILUSDT', 'ZIL', 'USDT', 1e-5, 0.1],
  ],
  us: [
    ['BCHBTC', 'BCH', 'BTC', 1e-6, 0.001],
    ['BTCUSD', 'BTC', 'USD', 0.01, 1e-6],
    ['DOGEUSD', 'DOGE', 'USD', 1e-4, 1],
    ['ETHBTC', 'ETH', 'BTC', 1e-6, 0.001],
    ['HNTUSD', 'HNT', 'USD', 1e-4, 0.01],
    ['MANAUSD', 'MANA', 'USD', 1e-4, 0.01],
    ['MKRUSD', 'MKR', 'USD', 1e-4, 1e-5],
    ['QTUMUSDT', 'QTUM', 'USDT', 0.001, 0.001],
    ['SOLUSD', 'SOL', 'USD', 1e-4, 0.01],
    ['VTHOUSD', 'VTHO', 'USD', 1e-4, 1],
  ],
  usdm: [
    ['BATUSDT', 'BAT', 'USDT', 1e-4, 0.1],
    ['BTCUSDT', 'BTC', 'USDT', 0.01, 0.001],
    ['CHRUSDT', 'CHR', 'USDT', 1e-4, 1],
    ['CTKUSDT', 'CTK', 'USDT', 1e-5, 1],
    ['DENTUSDT', 'DENT', 'USDT', 1e-6, 1],
    ['ETHUSDT', 'ETH', 'USDT', 0.01, 0.001],
    ['KSMUSDT', 'KSM', 'USDT', 0.001, 0.1],
    ['NEOUSDT', 'NEO', 'USDT', 0.001, 0.01],
    ['SANDUSDT', 'SAND', 'USDT', 1e-5, 1],
    ['XMRUSDT', 'XMR', 'USDT', 0.01, 0.001],
    ['YFIUSDT', 'YFI', 'USDT', 0.1, 0.001],
  ],
  coinm: [
    ['BCHUSD_210625', 'BCH', 'USD', 0.01, 1, 10],
    ['BTCUSD_210924', 'BTC', 'USD', 0.1, 1, 100],
    ['BTCUSD_PERP', 'BTC', 'USD', 0.1, 1, 100],
    ['DOTUSD_210625', 'DOT', 'USD', 0.001, 1, 10],
    ['EGLDUSD_PERP', 'EGLD', 'USD', 0.001, 1, 10],
    ['ETHUSD_210625', 'ETH', 'USD', 0.01, 1, 10],
    ['ETHUSD_210924', 'ETH', 'USD', 0.01, 1, 10],
    ['ETHUSD_PERP', 'ETH', 'USD', 0.01, 1, 10],
    ['LINKUSD_210625', 'LINK', 'USD', 0.001, 1, 10],
    ['LINKUSD_210924', 'LINK', 'USD', 0.001, 1, 10],
    ['XRPUSD_210625', 'XRP', 'USD', 1e-4, 1, 10],
  ],
}

/** Symbols of a market that the table knows. */
export const knownCaptureSymbols = (market: BinanceMarket): readonly string[] => rows[market].map(([symbol]) => symbol)

/**
 * The instrument of a capture that has no metadata of its own.
 *
 * @throws {LobError} LOB_BAD_OPTION where the table does not know the symbol.
 */
export function captureInstrument(market: BinanceMarket, symbol: string): Instrument {
  const row = rows[market].find(([known]) => known === symbol)
  if (row === undefined) {
    throw new LobError('LOB_BAD_OPTION', `Option instruments: the capture has no metadata and the table no ${market} ${symbol}; give its tick and lot size.`)
  }
  const [, base, quote, tickSize, lotSize, multiplier = 1] = row
  const { venue } = hostOf(market, 'production')
  const inverse = market === 'coinm'
  const kind = market === 'spot' || market === 'us' ? 'spot' : /_\d/.test(symbol) ? 'future' : 'perpetual'
  return {
    id: `${venue}:${symbol}` as InstrumentId, venue, symbol, kind, base, quote,
    settle: inverse ? base : quote, contract: inverse ? 'inverse' : 'linear', tickSize, lotSize, multiplier,
  }
}
