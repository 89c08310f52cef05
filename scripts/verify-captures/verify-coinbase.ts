import { openCoinbaseCapture } from '@rxlob/adapters-coinbase'
import { BookTracker, decimalGrid, type BookView } from '@rxlob/core'
import { feedCore, type FeedCounts, type WireItem } from '@rxlob/feed'
import type { CoinbaseCaptureFile } from './coinbase-captures.ts'

/** What one Coinbase capture showed. */
export interface CoinbaseReport {
  readonly name: string
  readonly symbols: number
  readonly counts: FeedCounts
  /** Messages of the books. */
  readonly depth: number
  /** Holes in the numbers of frames (Advanced Trade) and of trades: counted here by a loop of five lines, beside the sequencers. */
  readonly chainGaps: number
  /** Best prices and sizes compared with maps that know nothing of the adapter, after every book message, and those that differ. */
  readonly compared: number
  readonly mismatches: number
  readonly events: Readonly<Record<string, number>>
  readonly snapshots: number
  readonly seconds: number
}

export async function verifyCoinbase(capture: CoinbaseCaptureFile): Promise<CoinbaseReport> {
  const started = performance.now()
  const { spec, open } = openCoinbaseCapture(capture)
  const events: Record<string, number> = {}
  const trackers = new Map<string, BookTracker>()
  const naive = naiveReader(capture.symbols)
  const core = feedCore(spec, (event) => {
    const key = event.kind === 'status' ? `status ${event.status}` : event.kind
    events[key] = (events[key] ?? 0) + 1
    if (event.kind === 'instrument') trackers.set(event.definition.symbol, new BookTracker(event.definition, event.levels))
    trackers.get(event.instrument.slice('coinbase:'.length))!.apply(event)
  })
  let compared = 0
  let mismatches = 0
  for await (const items of open()) {
    for (const item of items) {
      core.accept(item)
      for (const symbol of naive.read(item)) {
        compared++
        if (!naive.agrees(symbol, trackers.get(symbol)!)) mismatches++
      }
    }
  }
  return {
    name: capture.name, symbols: capture.symbols.length, counts: core.counts, depth: naive.depth, chainGaps: naive.gaps, compared, mismatches,
    events, snapshots: core.counts.snapshots, seconds: (performance.now() - started) / 1000,
  }
}

interface Wire {
  readonly type?: string
  readonly channel?: string
  readonly sequence_num?: number
  readonly product_id?: string
  readonly trade_id?: number | string
  readonly bids?: readonly [string, string][]
  readonly asks?: readonly [string, string][]
  readonly changes?: readonly [string, string, string][]
  readonly events?: readonly { readonly type: string; readonly product_id: string; readonly updates?: readonly { side: string; price_level: string; new_quantity: string }[]; readonly trades?: readonly { product_id: string; trade_id: string }[] }[]
}

/** An oracle too simple to be wrong: two maps of text a product, and the largest number seen. */
function naiveReader(symbols: readonly string[]) {
  const books = new Map(symbols.map((symbol) => [symbol, { bid: new Map<number, number>(), ask: new Map<number, number>() }]))
  const lastTrade = new Map<string, number>()
  let lastFrame: number | undefined

  function set(product: string, side: string, price: string, size: string): void {
    const book = books.get(product)
    const levels = side === 'buy' || side === 'bid' ? book?.bid : book?.ask
    if (Number(size) === 0) levels?.delete(Number(price))
    else levels?.set(Number(price), Number(size))
  }
  function trade(product: string, id: number): void {
    const last = lastTrade.get(product)
    if (last !== undefined && id > last + 1) reader.gaps++
    lastTrade.set(product, Math.max(id, last ?? id))
  }
  function exchange({ type = '', product_id: product = '', trade_id: id, bids = [], asks = [], changes = [] }: Wire): string[] {
    if (type === 'match' || type === 'last_match') trade(product, Number(id))
    if (type !== 'snapshot' && type !== 'l2update') return []
    if (type === 'snapshot') for (const side of Object.values(books.get(product) ?? {})) side.clear()
    for (const [price, size] of bids) set(product, 'bid', price, size)
    for (const [price, size] of asks) set(product, 'ask', price, size)
    for (const [side, price, size] of changes) set(product, side, price, size)
    return [product]
  }
  function advanced({ channel, sequence_num: number, events = [] }: Wire): string[] {
    if (lastFrame !== undefined && number !== lastFrame + 1) reader.gaps++
    lastFrame = number
    if (channel === 'market_trades') for (const { trades = [] } of events) for (const each of [...trades].reverse()) trade(each.product_id, Number(each.trade_id))
    if (channel !== 'l2_data') return []
    for (const { type, product_id: product, updates = [] } of events) {
      if (type === 'snapshot') for (const side of Object.values(books.get(product) ?? {})) side.clear()
      for (const { side, price_level: price, new_quantity: size } of updates) set(product, side, price, size)
    }
    return events.map(({ product_id: product }) => product)
  }

  const reader = {
    depth: 0,
    gaps: 0,
    /** The products whose book changed. */
    read(item: WireItem): string[] {
      if (item.kind !== 'frame') return []
      const message = JSON.parse(Buffer.from(item.data).toString()) as Wire
      const changed = (message.channel === undefined ? exchange(message) : advanced(message)).filter((product) => books.has(product))
      reader.depth += changed.length
      return changed
    },
    agrees(symbol: string, { book, instrument }: BookTracker): boolean {
      const { bid, ask } = books.get(symbol)!
      const prices = decimalGrid(instrument.tickSize)
      const sizes = decimalGrid(instrument.lotSize)
      const best = (levels: Map<number, number>, step: 1 | -1): [number, number] => {
        let price = NaN
        for (const each of levels.keys()) if (!((each - price) * step >= 0)) price = each
        return [prices.toCount(price), sizes.toCount(levels.get(price) ?? 0)]
      }
      return same(best(bid, -1), book.bidTicks(0), book.bidLots(0)) && same(best(ask, 1), book.askTicks(0), book.askLots(0)) && synced(book)
    },
  }
  return reader
}

const same = ([ticks, lots]: readonly [number, number], heldTicks: number, heldLots: number): boolean => Object.is(ticks, heldTicks) && lots === heldLots
const synced = (book: BookView): boolean => book.synced && !book.crossed
