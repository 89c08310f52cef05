import type { LiveSourceSpec, Stream } from '@rxlob/feed'
import type { Signer } from './credentials.js'
import type { CoinbaseMessage } from './messages.js'
import type { CoinbaseFeed } from './urls.js'

/** The requests of a feed: to begin, and to begin one book again. Each is signed at the moment it is made. */
export function subscriptions(feed: CoinbaseFeed, signer: Signer): Required<Pick<LiveSourceSpec<CoinbaseMessage>, 'subscribe' | 'restart'>> {
  return feed === 'exchange' ? exchange(signer) : advanced(signer)
}

/** One request a symbol: what the venue refuses of one is not refused of the others. */
function exchange(signer: Signer): Required<Pick<LiveSourceSpec<CoinbaseMessage>, 'subscribe' | 'restart'>> {
  return {
    subscribe: (symbols, streams, { clock }) =>
      symbols.map((symbol) => ({ type: 'subscribe', product_ids: [symbol], channels: channelsOf(streams, symbol), ...signer(clock.now()) })),
    restart: (symbol, streams, { clock }) => {
      const books = { product_ids: [symbol], channels: bookChannels(streams) }
      return [{ type: 'unsubscribe', ...books }, { type: 'subscribe', ...books, ...signer(clock.now()) }]
    },
  }
}

/** One request a channel, as the venue demands. Heartbeats keep the connection open where nothing trades. */
function advanced(signer: Signer): Required<Pick<LiveSourceSpec<CoinbaseMessage>, 'subscribe' | 'restart'>> {
  return {
    subscribe(symbols, streams, { clock }) {
      const channels = [...new Set(streams.map(channelOf))]
      return [
        { type: 'subscribe', channel: 'heartbeats', ...signer(clock.now()) },
        ...channels.map((channel) => ({ type: 'subscribe', product_ids: symbols, channel, ...signer(clock.now()) })),
      ]
    },
    restart: (symbol, streams, { clock }) =>
      bookChannels(streams).flatMap((channel) => ['unsubscribe', 'subscribe'].map((type) => ({ type, product_ids: [symbol], channel, ...signer(clock.now()) }))),
  }
}

const channelOf = ({ name }: Stream): string => name.slice(0, name.indexOf(':'))
const channelsOf = (streams: readonly Stream[], symbol: string): readonly string[] => streams.filter((stream) => stream.symbol === symbol).map(channelOf)
const bookChannels = (streams: readonly Stream[]): readonly string[] => streams.filter(({ channel }) => channel === 'book').map(channelOf)
