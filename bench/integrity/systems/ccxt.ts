import { setTimeout } from 'node:timers/promises'
import binance from '../../node_modules/ccxt/js/src/pro/binance.js'
import binanceusdm from '../../node_modules/ccxt/js/src/pro/binanceusdm.js'
import coinbase from '../../node_modules/ccxt/js/src/pro/coinbase.js'
import coinbaseexchange from '../../node_modules/ccxt/js/src/pro/coinbaseexchange.js'
import type { Step } from '../market.ts'
import { cents, type MakeSystem, type Wire } from '../system.ts'
import { restBook } from '../texts.ts'

const classes = { binance, 'binance-usdm': binanceusdm, 'coinbase-advanced': coinbase, 'coinbase-exchange': coinbaseexchange }
const markets: Record<Wire, { id: string; symbol: string; quote: string; type: 'spot' | 'swap' }> = {
  binance: { id: 'DEMOUSDT', symbol: 'DEMO/USDT', quote: 'USDT', type: 'spot' },
  'binance-usdm': { id: 'DEMOUSDT', symbol: 'DEMO/USDT:USDT', quote: 'USDT', type: 'swap' },
  'coinbase-advanced': { id: 'DEMO-USD', symbol: 'DEMO/USD', quote: 'USD', type: 'spot' },
  'coinbase-exchange': { id: 'DEMO-USD', symbol: 'DEMO/USD', quote: 'USD', type: 'spot' },
}

type Rows = readonly (readonly [number, number])[]
interface Exchange {
  setMarkets(markets: unknown[]): void
  handleMessage(client: unknown, message: unknown): void
  handleOrderBookSubscription?(client: unknown, message: unknown, subscription: unknown): void
  fetchOrderBook(): Promise<unknown>
  parseOrderBook(book: unknown, symbol: string): Record<string, unknown>
  orderbooks: Record<string, { bids: Rows; asks: Rows; nonce?: number } | undefined>
}

/**
 * Its pro client's `handleMessage`, which `watchOrderBook` runs for each message; the socket and the REST call are the bench's. Where the
 * promise of `watchOrderBook` would be rejected, the user is told, and calls it again at once, as the usual loop does.
 */
export const ccxt: MakeSystem = async (wire) => {
  const { id, symbol, quote, type } = markets[wire]
  const exchange = new classes[wire]() as unknown as Exchange
  exchange.setMarkets([{
    id, symbol, base: 'DEMO', quote, baseId: 'DEMO', quoteId: quote, settle: type === 'swap' ? quote : undefined, type, spot: type === 'spot', swap: type === 'swap', contract: type === 'swap',
    linear: type === 'swap' ? true : undefined, active: true, precision: { price: 0.01, amount: 0.01 }, limits: {}, info: {},
  }])
  const told: string[] = []
  let now: Step | undefined
  let wanted = wire.startsWith('binance')
  exchange.fetchOrderBook = async () => {
    const raw = JSON.parse(restBook(wire, now!)) as { lastUpdateId: number }
    return { ...exchange.parseOrderBook(raw, symbol), nonce: raw.lastUpdateId }
  }
  const client = {
    url: wire === 'binance' ? 'wss://stream.binance.com:9443/ws/0' : wire === 'binance-usdm' ? 'wss://fstream.binance.com/ws/0' : 'wss://demo',
    subscriptions: {}, futures: {},
    resolve: (result: unknown) => result,
    reject(error: Error) {
      told.push(`exception: ${error.constructor.name}`)
      wanted = wire.startsWith('binance')
    },
  }

  return {
    told,
    stop() {},
    async step(texts, step) {
      now ??= step
      if (wanted) {
        wanted = false
        exchange.handleOrderBookSubscription!(client, {}, { symbol, symbols: [symbol], type: type === 'spot' ? 'spot' : 'future', limit: 1000, params: {} })
      }
      for (const text of texts) exchange.handleMessage(client, JSON.parse(text))
      now = step
      // It spawns the snapshot's request on a timer of its own; a tenth of a second is time enough.
      for (let turn = 0; turn < 100 && exchange.orderbooks[symbol]?.bids.length === 0; turn++) await setTimeout(1)
    },
    shown() {
      const book = exchange.orderbooks[symbol]
      if (book === undefined || book.bids.length === 0) return undefined
      const side = (rows: Rows): Map<number, number> => new Map([...rows].map(([price, size]) => [cents(price), cents(size)]))
      return { bids: side(book.bids), asks: side(book.asks) }
    },
  }
}
