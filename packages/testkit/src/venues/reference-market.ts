import { seededRandom, type Lots, type Micros, type Side, type Ticks } from '@rxlob/core'
import { exchange, type ExchangeOrder } from '@rxlob/adapters-simulator/exchange'
import { bookArchive, type ArchivedBook, type BookArchive } from './book-archive.js'
import { gridText, type GridText } from './decimal-grid-text.js'
import { orderFlow } from './order-flow.js'

export interface ReferenceMarketOptions {
  readonly base: string
  readonly quote: string
  /** Default `0.01`. */
  readonly tickSize?: string
  /** Default `0.00001`. */
  readonly lotSize?: string
  /** Where prices begin, in ticks. Default 6,400,000. */
  readonly openingTicks?: number
  /** Orders that rest on average. Default 400. */
  readonly orders?: number
  /** Ticks from the opposite best that orders reach. Default 400. */
  readonly reachTicks?: number
  /** Orders at each price to begin with. Default 1. */
  readonly ordersPerLevel?: number
  /** Update ids that a change may skip at most, as futures do. Default 0. */
  readonly skips?: number
  /** Changes whose books are kept. Default 65,536. */
  readonly archive?: number
  /** Newest trades that are kept to be asked for; of times and order messages two and a half times as many. Default 20,000. */
  readonly history?: number
}

export interface VenueTrade {
  readonly id: number
  readonly ticks: Ticks
  readonly lots: Lots
  readonly maker: Side
  readonly makerOrderId: number
  readonly takerOrderId: number
  readonly time: Micros
}

/** A message of a market-by-order feed; every one has the number after the last. */
export type OrderMessage =
  | { readonly type: 'received' | 'open'; readonly orderId: number; readonly side: Side; readonly ticks: Ticks | undefined; readonly lots: Lots }
  | { readonly type: 'match'; readonly trade: VenueTrade }
  | { readonly type: 'done'; readonly orderId: number; readonly side: Side; readonly ticks: Ticks | undefined; readonly lots: Lots; readonly reason: 'filled' | 'canceled' }
  | { readonly type: 'change'; readonly orderId: number; readonly side: Side; readonly oldTicks: Ticks; readonly oldLots: Lots; readonly ticks: Ticks; readonly lots: Lots }

export interface MarketListener {
  /** A level has a new total, told under this id. */
  level?(side: Side, ticks: Ticks, lots: Lots, id: number): void
  trade?(trade: VenueTrade): void
  order?(message: OrderMessage, sequence: number): void
  /** One order is dealt with: everything it did has been told. */
  settled?(): void
}

/** A market of one symbol: the truth that venues publish and clients are compared with. */
export interface ReferenceMarket {
  readonly symbol: string
  readonly options: Required<ReferenceMarketOptions>
  readonly prices: GridText
  readonly sizes: GridText
  readonly archive: BookArchive
  readonly updateId: number
  /** Number of the newest order message. */
  readonly sequence: number
  /** The newest trades, oldest first. */
  readonly trades: readonly VenueTrade[]
  readonly lastTradeId: number
  readonly halted: boolean
  /** Deals with this many random orders; none while halted. */
  act(orders: number): void
  halt(halted: boolean): void
  best(side: Side): { readonly ticks: Ticks; readonly lots: Lots } | undefined
  /** The whole book now. */
  book(): ArchivedBook
  /** Orders of a side, best price first and in queue order. */
  orders(side: Side): IterableIterator<ExchangeOrder>
  /** A time for a message, later than that of any other: it names the book as of the newest id. */
  stamp(): Micros
  /** The id that was the newest at a stamped time. */
  idAt(stamp: Micros): number | undefined
  /** The id that was the newest when an order message was told; undefined where that is too long ago. */
  idOfSequence(sequence: number): number | undefined
  listen(listener: MarketListener): () => void
}

export function referenceMarket(symbol: string, seed: number, now: () => Micros, options: ReferenceMarketOptions): ReferenceMarket {
  const full: Required<ReferenceMarketOptions> = { tickSize: '0.01', lotSize: '0.00001', openingTicks: 6_400_000, orders: 400, reachTicks: 400, ordersPerLevel: 1, skips: 0, archive: 1 << 16, history: 20_000, ...options }
  // Times and order numbers of changes that carry no id of their own.
  const keptStamps = Math.ceil(2.5 * full.history)
  const random = seededRandom(seed)
  const listeners = new Set<MarketListener>()
  const stamps = new Map<Micros, number>()
  const idsOfSequences = new Float64Array(keptStamps)
  let trades: VenueTrade[] = []
  // Ids of two markets have nothing to do with each other.
  let updateId = 1000 + Math.floor(random() * 1e9)
  let sequence = 100 + Math.floor(random() * 1e9)
  let tradeId = 9000
  let orderId = 0
  let halted = false
  let lastStamp = -Infinity
  const archive = bookArchive(updateId, full.archive)

  const venue = exchange({
    // The level first: a message of orders then names the book as it is after it.
    added({ orderId, side, ticks, lots }) {
      level(side, ticks)
      say({ type: 'open', orderId, side, ticks, lots })
    },
    reduced({ orderId, side, ticks, lots }, taken) {
      level(side, ticks)
      say({ type: 'change', orderId, side, oldTicks: ticks, oldLots: lots + taken, ticks, lots })
    },
    removed({ orderId, side, ticks, lots }) {
      level(side, ticks)
      say({ type: 'done', orderId, side, ticks, lots, reason: 'canceled' })
    },
    filled(maker, lots, takerOrderId) {
      const trade: VenueTrade = { id: ++tradeId, ticks: maker.ticks, lots, maker: maker.side, makerOrderId: maker.orderId, takerOrderId, time: now() }
      trades.push(trade)
      if (trades.length > 2 * full.history) trades = trades.slice(-full.history)
      level(maker.side, maker.ticks)
      say({ type: 'match', trade })
      if (maker.lots === 0) say({ type: 'done', orderId: maker.orderId, side: maker.side, ticks: maker.ticks, lots: 0, reason: 'filled' })
      for (const listener of listeners) listener.trade?.(trade)
    },
    replaced({ orderId, side, ticks, lots }, fromTicks, fromLots) {
      if (fromTicks !== ticks) level(side, fromTicks)
      level(side, ticks)
      say({ type: 'change', orderId, side, oldTicks: fromTicks, oldLots: fromLots, ticks, lots })
    },
  })

  function level(side: Side, ticks: Ticks): void {
    updateId += 1 + (full.skips > 0 ? Math.floor(random() * (full.skips + 1)) : 0)
    const lots = venue.queueAt(side, ticks)?.lots ?? 0
    archive.set(side, ticks, lots, updateId)
    for (const listener of listeners) listener.level?.(side, ticks, lots, updateId)
  }
  function say(message: OrderMessage): void {
    sequence++
    idsOfSequences[sequence % keptStamps] = updateId
    for (const listener of listeners) listener.order?.(message, sequence)
  }
  function best(side: Side): { readonly ticks: Ticks; readonly lots: Lots } | undefined {
    return venue.queue(side, 0)
  }

  const flow = orderFlow({
    random, openingTicks: full.openingTicks, orders: full.orders, reachTicks: full.reachTicks, ordersPerLevel: full.ordersPerLevel,
    desk: {
      queue: venue.queue, depth: venue.depth, order: venue.order, cancel: venue.cancel, reduce: venue.reduce,
      // A new price that would trade is another order: here it is not sent.
      replace: (id, change) => {
        const { side } = venue.order(id)!
        const other = best(side === 'bid' ? 'ask' : 'bid')?.ticks ?? Infinity
        const crosses = change.ticks !== undefined && (side === 'bid' ? change.ticks >= other : change.ticks <= other || change.ticks < 1)
        return venue.replace(id, crosses ? { lots: change.lots ?? 1 } : change)
      },
      get orderCount() {
        return venue.orderCount
      },
      submit(order) {
        const id = ++orderId
        const side: Side = order.side === 'buy' ? 'bid' : 'ask'
        say({ type: 'received', orderId: id, side, ticks: order.ticks, lots: order.lots })
        const { status } = venue.submit({ ...order, orderId: id })
        if (status === 'filled' || status === 'expired') say({ type: 'done', orderId: id, side, ticks: order.ticks, lots: 0, reason: status === 'filled' ? 'filled' : 'canceled' })
        return id
      },
    },
  })
  flow.open()

  return {
    symbol,
    options: full,
    prices: gridText(full.tickSize),
    sizes: gridText(full.lotSize),
    archive,
    get updateId() {
      return updateId
    },
    get sequence() {
      return sequence
    },
    get trades() {
      return trades
    },
    get lastTradeId() {
      return tradeId
    },
    get halted() {
      return halted
    },
    act(orders) {
      if (halted) return
      for (let i = 0; i < orders; i++) {
        flow.act()
        for (const listener of listeners) listener.settled?.()
      }
    },
    halt(halts) {
      halted = halts
    },
    best,
    book: () => archive.bookAt(updateId)!,
    *orders(side) {
      for (let rank = 0; rank < venue.depth(side); rank++) yield* venue.queue(side, rank)!.orders()
    },
    stamp() {
      lastStamp = Math.max(now(), lastStamp + 1)
      stamps.set(lastStamp, updateId)
      if (stamps.size > keptStamps) {
        for (const old of stamps.keys()) {
          if (stamps.size <= keptStamps / 2) break
          stamps.delete(old)
        }
      }
      return lastStamp
    },
    idAt: (stamp) => stamps.get(stamp),
    idOfSequence: (told) => (told > sequence || told <= sequence - keptStamps ? undefined : idsOfSequences[told % keptStamps]),
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
