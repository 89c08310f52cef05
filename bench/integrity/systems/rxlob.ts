import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { BookTracker, MarketEvent } from '@rxlob/core'
import type { Outside, SocketEvents } from '@rxlob/feed'
import { libraryRoot, liveLibrary } from '../../runner/library.ts'
import type { Step } from '../market.ts'
import type { MakeSystem, Wire } from '../system.ts'
import { openingText, restBook, symbolOf } from '../texts.ts'

const { core, feed, binance } = await liveLibrary()
const coinbase = (await import(pathToFileURL(resolve(libraryRoot, 'packages/adapters-coinbase/dist/index.js')).href)) as typeof import('@rxlob/adapters-coinbase')

interface Link {
  readonly events: SocketEvents
  open: boolean
  /** It asked for a stream that begins with a snapshot. */
  owed: boolean
  /** Messages that this connection carried beyond the venue's own: its numbers are so much higher. */
  extra: number
  spoke: boolean
}

/** `binance()` and `coinbase()` as a user calls them; only clock, sockets and `fetch` are the bench's. The book is a `BookTracker` of the events. */
export const rxlob: MakeSystem = async (wire) => {
  const clock = feed.virtualClock()
  const links: Link[] = []
  let last: Step | undefined
  const outside: Outside = {
    clock,
    random: core.seededRandom(1),
    connect(_, events) {
      const link: Link = { events, open: false, owed: false, extra: 0, spoke: false }
      links.push(link)
      clock.after(1000, () => {
        link.open = true
        events.open()
      })
      const close = (): void => {
        link.open = false
      }
      return {
        send(text) {
          if (text.includes('"subscribe"') && !text.includes('heartbeats')) link.owed = true
        },
        ping: () => clock.after(1000, () => link.open && events.pong()),
        pause() {}, resume() {}, close, terminate: close,
      }
    },
    fetch: (async (url: string) => {
      await new Promise<void>((done) => void clock.after(20_000, done))
      return new Response(/exchangeInfo|products(\?|$)/.test(url) ? metadata[wire] : restBook(wire, last!))
    }) as typeof globalThis.fetch,
  }
  const told: string[] = []
  let tracker: BookTracker | undefined
  const subscription = sourceOf(wire, outside).events().subscribe((event: MarketEvent) => {
    if (event.kind === 'instrument') tracker ??= new core.BookTracker(event.definition, event.levels)
    tracker!.apply(event)
    if (event.kind !== 'status' || event.status === 'connected') return
    const { status, fromSeq, toSeq, reason } = event
    told.push(`\`${status}\`${fromSeq === undefined ? '' : ` ${fromSeq} to ${toSeq}`}${reason === undefined || reason === status ? '' : ` (${reason})`}`)
  })

  return {
    told,
    stop: () => subscription.unsubscribe(),
    async step(texts, now, number) {
      await clock.advance(50_000)
      for (const link of links.filter(({ open }) => open)) {
        if (link.owed && last !== undefined) {
          link.owed = false
          link.events.message(Buffer.from(openingText(wire, last, link.spoke ? number + link.extra++ : number - 1)))
          link.spoke = true
        }
        for (const text of texts) if (link.open) link.events.message(Buffer.from(text.replace(/"sequence_num":(\d+)/, (_, told: string) => `"sequence_num":${Number(told) + link.extra}`)))
      }
      last = now
      await clock.advance(50_000)
    },
    shown() {
      if (tracker?.book.synced !== true) return undefined
      const { book, instrument } = tracker
      const hundredths = instrument.lotSize * 100
      const side = (depth: number, ticks: (level: number) => number, lots: (level: number) => number): Map<number, number> =>
        new Map(Array.from({ length: depth }, (_, level) => [ticks(level), Math.round(lots(level) * hundredths)]))
      return {
        bids: side(book.bidDepth, (level) => book.bidTicks(level), (level) => book.bidLots(level)),
        asks: side(book.askDepth, (level) => book.askTicks(level), (level) => book.askLots(level)),
      }
    },
  }
}

function sourceOf(wire: Wire, outside: Outside) {
  const symbols = [symbolOf(wire)]
  if (wire === 'binance' || wire === 'binance-usdm') return binance.binance({ symbols, market: wire === 'binance' ? 'spot' : 'usdm', timeUnit: 'ms' }, outside)
  return coinbase.coinbase({ symbols, feed: wire === 'coinbase-advanced' ? 'advanced' : 'exchange' }, outside)
}

const filters = [{ filterType: 'PRICE_FILTER', tickSize: '0.01' }, { filterType: 'LOT_SIZE', stepSize: '0.01' }]
const metadata: Readonly<Record<Wire, string>> = {
  binance: JSON.stringify({ symbols: [{ symbol: 'DEMOUSDT', status: 'TRADING', baseAsset: 'DEMO', quoteAsset: 'USDT', filters }] }),
  'binance-usdm': JSON.stringify({ symbols: [{ symbol: 'DEMOUSDT', status: 'TRADING', contractType: 'PERPETUAL', baseAsset: 'DEMO', quoteAsset: 'USDT', marginAsset: 'USDT', filters }] }),
  'coinbase-advanced': JSON.stringify({ products: [{ product_id: 'DEMO-USD', base_currency_id: 'DEMO', quote_currency_id: 'USD', price_increment: '0.01', base_increment: '0.01', product_type: 'SPOT', status: 'online', alias: '' }] }),
  'coinbase-exchange': JSON.stringify([{ id: 'DEMO-USD', base_currency: 'DEMO', quote_currency: 'USD', quote_increment: '0.01', base_increment: '0.01', status: 'online' }]),
}
