import { BookTracker, seededRandom, type MarketEvent } from '@rxlob/core'
import { feedCore } from '@rxlob/feed'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coinbaseSpec, orderNormalizer, readMessage, type CoinbaseMessage } from '../src/index.js'
import { readExchangeBook } from '../src/read-exchange.js'
import { demo, encode, orders } from './fixtures.js'

interface Resting { readonly id: string; readonly side: 'buy' | 'sell'; ticks: number; lots: number }

/** An exchange that keeps a list of orders in the order they came to rest, and says what happens to them. */
function market(seed: number) {
  const random = seededRandom(seed)
  const resting: Resting[] = []
  let sequence = 1000
  let next = 1
  const price = (ticks: number): string => (ticks / 100).toFixed(2)
  const size = (lots: number): string => (lots / 1e8).toFixed(8)
  const header = (): object => ({ product_id: 'DEMO-USD', sequence: ++sequence, time: '2026-09-21T14:13:20.100000Z' })
  const lots = (): number => 1 + Math.floor(random() * 1e9)

  function open(): object[] {
    const side = random() < 0.5 ? 'buy' : 'sell'
    const order: Resting = { id: `order-${next++}`, side, ticks: (side === 'buy' ? 9990 : 10_001) + Math.floor(random() * 10), lots: lots() }
    const received = { type: 'received', ...header(), order_id: order.id, side, price: price(order.ticks), size: size(order.lots) }
    resting.push(order)
    return [received, { type: 'open', ...header(), order_id: order.id, side, price: price(order.ticks), remaining_size: size(order.lots) }]
  }
  function cancel(order: Resting): object[] {
    resting.splice(resting.indexOf(order), 1)
    return [{ type: 'done', ...header(), order_id: order.id, reason: 'canceled', side: order.side, price: price(order.ticks), remaining_size: size(order.lots) }]
  }
  function trade(order: Resting): object[] {
    const filled = random() < 0.5 ? order.lots : 1 + Math.floor(random() * order.lots)
    order.lots -= filled
    const match = { type: 'match', ...header(), trade_id: sequence, maker_order_id: order.id, taker_order_id: 'taker', side: order.side, price: price(order.ticks), size: size(filled) }
    const taker = { type: 'done', ...header(), order_id: 'taker', reason: 'filled', side: order.side === 'buy' ? 'sell' : 'buy' }
    if (order.lots > 0) return [match, taker]
    resting.splice(resting.indexOf(order), 1)
    return [match, { type: 'done', ...header(), order_id: order.id, reason: 'filled', side: order.side, price: price(order.ticks), remaining_size: '0' }, taker]
  }
  function change(order: Resting): object[] {
    const old = { old_size: size(order.lots), side: order.side, order_id: order.id }
    if (random() < 0.5 && order.lots > 1) {
      order.lots = 1 + Math.floor(random() * (order.lots - 1))
      return [{ type: 'change', ...header(), reason: 'STP', ...old, new_size: size(order.lots), price: price(order.ticks) }]
    }
    const oldPrice = price(order.ticks)
    order.ticks += random() < 0.5 ? 0 : 1
    const grown = order.lots + lots()
    order.lots = grown
    resting.splice(resting.indexOf(order), 1)
    resting.push(order)
    return [{ type: 'change', ...header(), reason: 'modify_order', ...old, new_size: size(grown), old_price: oldPrice, new_price: price(order.ticks) }]
  }

  return {
    resting,
    step(): object[] {
      const order = resting[Math.floor(random() * resting.length)]
      const roll = random()
      if (order === undefined || roll < 0.45) return open()
      return roll < 0.65 ? cancel(order) : roll < 0.85 ? trade(order) : change(order)
    },
    book: (): object => {
      const side = (name: 'buy' | 'sell', step: 1 | -1): unknown[] => resting.filter((order) => order.side === name).sort((a, b) => (a.ticks - b.ticks) * step).map((order) => [price(order.ticks), size(order.lots), order.id])
      return { sequence, bids: side('buy', -1), asks: side('sell', 1), auction_mode: false, auction: null }
    },
  }
}

/** Level by level, the lots of each order in its queue. */
function queuesOf({ book, orders: held }: BookTracker): unknown {
  const side = (sign: 1 | -1, depth: number, ticksAt: (level: number) => number, lotsAt: (level: number) => number): unknown[] =>
    Array.from({ length: depth }, (_, level) => {
      const queue: number[] = []
      const { queues } = held!
      for (let at = queues.first(sign, ticksAt(level)); at >= 0; at = queues.following(at)) queue.push(queues.lots(at))
      return [ticksAt(level), lotsAt(level), queue]
    })
  return [side(1, book.bidDepth, (level) => book.bidTicks(level), (level) => book.bidLots(level)), side(-1, book.askDepth, (level) => book.askTicks(level), (level) => book.askLots(level))]
}
function queuesIn(resting: readonly Resting[]): unknown {
  const side = (name: 'buy' | 'sell', step: 1 | -1): unknown[] => {
    const levels = new Map<number, number[]>()
    for (const { side: of, ticks, lots } of resting) if (of === name) levels.set(ticks, [...(levels.get(ticks) ?? []), lots])
    return [...levels].sort(([a], [b]) => (a - b) * step).map(([ticks, queue]) => [ticks, queue.reduce((sum, lots) => sum + lots, 0), queue])
  }
  return [side('buy', -1), side('sell', 1)]
}

describe('orders', () => {
  it('make the book of the exchange, queue by queue, through holes and old snapshots', () => {
    let compared = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const venue = market(seed)
        const random = seededRandom(seed + 1)
        const spec = coinbaseSpec({ symbols: ['DEMO-USD'], feed: 'exchange', book: 'full', exchangeKey: { key: 'k', passphrase: 'p', secret: 'c2VjcmV0' } })
        const tracker = new BookTracker(demo, Infinity)
        let wanted = true
        const core = feedCore(spec, (event) => tracker.apply(event), { snapshot: () => void (wanted = true) })
        let tsLocal = 1_790_000_000_000_000
        const books: object[] = []
        core.accept({ kind: 'instruments', tsLocal, instruments: [demo] })
        core.accept({ kind: 'open', tsLocal, connection: 1, streams: spec.streams!.map(({ name }) => name) })
        for (let i = 0; i < 400; i++) {
          tsLocal += 1000
          books.push(venue.book())
          const [...messages] = venue.step()
          if (random() < 0.02) messages.splice(Math.floor(random() * messages.length), 1)
          for (const message of messages) core.accept({ kind: 'frame', tsLocal, connection: 1, data: encode(message) })
          // Asked or not, of now or of some time ago.
          if (wanted ? random() < 0.3 : random() < 0.02) {
            wanted = false
            core.accept({ kind: 'response', tsLocal, symbol: 'DEMO-USD', data: encode(random() < 0.7 ? venue.book() : books[Math.max(0, books.length - 1 - Math.floor(random() * 4))]!) })
          }
          // Messages lost at the end are noticed with the next one: a book at the exchange's number is the exchange's.
          const { live, seq } = core.book(demo.id)!
          if (!live || seq !== (venue.book() as { sequence: number }).sequence) continue
          compared++
          expect(queuesOf(tracker)).toEqual(queuesIn(venue.resting))
        }
        expect(core.counts.badMessages).toBe(0)
        expect(core.counts.snapshots).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
    expect(compared).toBeGreaterThan(10_000)
  })

  it('are numbered by first sight, keep their number in a new snapshot, and are forgotten when done', () => {
    const events: MarketEvent[] = []
    const normalizer = orderNormalizer(() => demo.id)
    const give = (raw: CoinbaseMessage): void => normalizer.normalize(raw, 0, (event) => events.push(event))
    give(readExchangeBook(encode(orders.book), 'DEMO-USD'))
    for (const text of orders.messages.slice(3)) give(readMessage('exchange', encode(text)))
    give(readExchangeBook(encode(orders.book.replace('102', '107').replace(orders.order('9'), orders.order('2'))), 'DEMO-USD'))
    const [first, second] = events.filter(({ kind }) => kind === 'snapshot') as Extract<MarketEvent, { kind: 'snapshot' }>[]
    expect(first!.orders!.map(({ orderId }) => orderId)).toEqual([1, 2])
    expect(second!.orders!.map(({ orderId }) => orderId)).toEqual([1, 3])
  })

  it('total their levels exactly', () => {
    const events: MarketEvent[] = []
    const body = '{"sequence": 1, "bids": [["100.00", "0.1", "a"], ["100.00", "0.2", "b"]], "asks": []}'
    orderNormalizer(() => demo.id).normalize(readExchangeBook(encode(body), 'DEMO-USD'), 0, (event) => events.push(event))
    expect(events[0]).toMatchObject({ bids: [[100, 0.3]], asks: [] })
  })

  it('a message out of its order is an error, and so is a book without orders', () => {
    const normalizer = orderNormalizer(() => demo.id)
    expect(() => normalizer.normalize(readMessage('exchange', encode(orders.afterGap)), 0, () => {})).toThrow(/does not follow a snapshot/)
    expect(() => normalizer.normalize(readExchangeBook(encode('{"sequence": 1, "bids": [["100.00", "0.1", 3]], "asks": []}'), 'DEMO-USD'), 0, () => {})).toThrow(/order id third/)
  })
})
