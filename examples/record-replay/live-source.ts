import { binance } from '@rxlob/adapters-binance'
import { coinbase } from '@rxlob/adapters-coinbase'
import { LobError } from '@rxlob/core'
import type { LiveSource } from '@rxlob/feed'

export interface LiveSourceOptions {
  readonly venue: string
  /** In the venue's spelling. */
  readonly symbols?: string | undefined
  /** A venue server of your own in place of the real hosts. */
  readonly url?: string | undefined
}

/**
 * The book and trades of a venue. A recording is replayed by the source it was recorded from: give `replay` the same venue and symbols.
 *
 * @throws {LobError} LOB_BAD_OPTION where there is no such venue.
 */
export function liveSource({ venue, symbols, url }: LiveSourceOptions): LiveSource {
  const own = url === undefined ? {} : { hosts: { streams: url.replace(/^http/, 'ws'), rest: url } }
  const list = (fallback: string): readonly string[] => (symbols ?? fallback).split(',')
  if (venue === 'binance') return binance({ symbols: list('BTCUSDT'), trades: true, ...own }) as LiveSource
  if (venue === 'coinbase') return coinbase({ symbols: list('BTC-USD'), feed: 'exchange', trades: true, ...own }) as LiveSource
  throw new LobError('LOB_BAD_OPTION', `Option --venue: expected binance or coinbase, got ${venue}.`)
}

/** The options that both programs take, for `parseArgs`. */
export const sourceOptions = { venue: { type: 'string', default: 'binance' }, symbols: { type: 'string' }, url: { type: 'string' } } as const

export const sourceHelp = `  --venue NAME     binance (default) or coinbase.
  --symbols A,B    In the venue's spelling. Default its Bitcoin market.
  --url URL        A venue server of your own (npx rxlob-venue binance --port 9000): http://localhost:9000.`
