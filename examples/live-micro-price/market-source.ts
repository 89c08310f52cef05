import { binance } from '@rxlob/adapters-binance'
import { coinbase } from '@rxlob/adapters-coinbase'
import { simulator } from '@rxlob/adapters-simulator'
import { LobError, type Source } from '@rxlob/core'

export interface MarketSourceOptions {
  readonly venue: string
  /** In the venue's spelling. */
  readonly symbols: readonly string[] | undefined
  /** A venue server of your own, `http://localhost:9000`, in place of the real hosts. */
  readonly url: string | undefined
}

export const venues = ['simulator', 'binance', 'binance-usdm', 'coinbase', 'coinbase-advanced'] as const

/**
 * The books of a venue. `coinbase` is the Exchange feed, whose `level2_batch` needs no login.
 *
 * @throws {LobError} LOB_BAD_OPTION where there is no such venue.
 */
export function marketSource({ venue, symbols, url }: MarketSourceOptions): Source {
  const own = url === undefined ? {} : { hosts: { streams: url.replace(/^http/, 'ws'), rest: url } }
  switch (venue) {
    case 'simulator':
      return simulator({ seed: 1 })
    case 'binance':
      return binance({ symbols: symbols ?? ['BTCUSDT'], ...own })
    case 'binance-usdm':
      return binance({ symbols: symbols ?? ['BTCUSDT'], market: 'usdm', ...own })
    case 'coinbase':
      return coinbase({ symbols: symbols ?? ['BTC-USD'], feed: 'exchange', ...own })
    case 'coinbase-advanced':
      return coinbase({ symbols: symbols ?? ['BTC-USD'], feed: 'advanced', ...own })
    default:
      throw new LobError('LOB_BAD_OPTION', `Option --venue: expected one of ${venues.join(', ')}, got ${venue}.`)
  }
}
