import { LobError, type Instrument } from '@rxlob/core'
import { spot } from './instruments.js'

/**
 * Grids of products found in public captures that carry no metadata: the finest steps of price and size that the venue has used for
 * them, so that one row fits captures of every year.
 */
const rows: Readonly<Record<string, readonly [tickSize: number, lotSize: number]>> = {
  'BAND-BTC': [1e-8, 0.01],
  'BAND-GBP': [1e-4, 0.01],
  'BTC-USD': [0.01, 1e-8],
  'CRV-EUR': [1e-4, 0.01],
  'DASH-BTC': [1e-8, 0.001],
  'ETH-USD': [0.01, 1e-8],
  'NMR-EUR': [1e-4, 0.001],
  'NU-GBP': [1e-4, 1e-6],
  'SKL-BTC': [1e-8, 0.1],
  'SKL-GBP': [1e-4, 0.1],
  'SKL-USD': [1e-4, 0.1],
  'YFI-BTC': [1e-5, 1e-6],
}

/** Products that the table knows. */
export const knownCaptureSymbols: readonly string[] = Object.keys(rows)

/**
 * The instrument of a capture that has no metadata of its own.
 *
 * @throws {LobError} LOB_BAD_OPTION where the table does not know the symbol.
 */
export function captureInstrument(symbol: string): Instrument {
  const row = rows[symbol]
  if (row === undefined) throw new LobError('LOB_BAD_OPTION', `Option instruments: the capture has no metadata and the table no ${symbol}; give its tick and lot size.`)
  const [base = '', quote = ''] = symbol.split('-')
  return spot(symbol, base, quote, ...row)
}
