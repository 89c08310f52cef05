import { seededRandom, type Source } from '@rxlob/core'
import { systemClock, type Outside } from '@rxlob/feed'
import { testSource } from '@rxlob/testkit'
import { scriptedConnect, type ScriptedConnect } from '@rxlob/testkit/venues'
import { describe, it } from 'vitest'
import { coinbase, type CoinbaseOptions } from '../src/index.js'
import { advanced, exchange, orders } from './fixtures.js'

const venues: ScriptedConnect[] = []
const open = (): number => venues.reduce((sum, venue) => sum + venue.open, 0)

/** A venue in this process, in real time: `frames` is what one connection says. */
function live(options: CoinbaseOptions, frames: () => Iterator<string>, rest = ''): Source {
  const venue = scriptedConnect(frames)
  venues.push(venue)
  const outside: Outside = {
    clock: systemClock(),
    random: seededRandom(5),
    connect: venue.connect,
    fetch: (async (url: string) => new Response(url.includes('brokerage') ? advanced.products : url.endsWith('/products') ? exchange.products : rest)) as typeof globalThis.fetch,
  }
  const { contract, name, supports, events } = coinbase(options, outside)
  // Batches of a live source are another subscription, in other time: they cannot equal the events of this one.
  return { contract, name, supports, events }
}

/** Numbered frames of a market that moves: a snapshot, then changes and trades; some lost on the way. */
function* numbered(losses: number): Generator<string> {
  const random = seededRandom(9)
  let number = 0
  yield advanced.snapshot
  for (let trade = 1; ; ) {
    number++
    const bid = random() < 0.5
    const change = `{"side":"${bid ? 'bid' : 'offer'}","event_time":"2026-09-21T14:13:20.199111Z","price_level":"${(bid ? 99 : 101) + Math.floor(random() * 90) / 100}","new_quantity":"${random() < 0.3 ? 0 : 1 + Math.floor(random() * 9)}"}`
    const text = random() < 0.7
      ? `{"channel":"l2_data","timestamp":"2026-09-21T14:13:20.2Z","sequence_num":${number},"events":[{"type":"update","product_id":"DEMO-USD","updates":[${change}]}]}`
      : `{"channel":"market_trades","timestamp":"2026-09-21T14:13:20.2Z","sequence_num":${number},"events":[{"type":"update","trades":[{"trade_id":"${trade++}","product_id":"DEMO-USD","price":"101","size":"0.3","side":"SELL","time":"2026-09-21T14:13:21.24Z"}]}]}`
    if (random() >= losses) yield text
  }
}

/** Orders that open and end, each message with its number, from 103 on. */
function* ofOrders(): Generator<string> {
  const random = seededRandom(2)
  const resting: { id: string; bid: boolean; size: number }[] = []
  yield* orders.messages
  for (let sequence = 107, next = 1000; ; sequence++) {
    const over = resting.length > 20 || (resting.length > 0 && random() < 0.4) ? resting.splice(Math.floor(random() * resting.length), 1)[0] : undefined
    const header = `"product_id":"DEMO-USD","sequence":${sequence},"time":"2026-09-21T14:13:21.24Z"`
    if (over !== undefined) yield `{"type":"done",${header},"order_id":"${over.id}","reason":"canceled","side":"${over.bid ? 'buy' : 'sell'}","remaining_size":"${over.size}"}`
    else {
      const order = { id: `order-${next++}`, bid: random() < 0.5, size: 1 + Math.floor(random() * 9) }
      resting.push(order)
      yield `{"type":"open",${header},"order_id":"${order.id}","price":"${((order.bid ? 9900 : 10101) + Math.floor(random() * 90)) / 100}","remaining_size":"${order.size}","side":"${order.bid ? 'buy' : 'sell'}"}`
    }
  }
}

const levels: CoinbaseOptions = { symbols: ['DEMO-USD'], trades: true }
describe('Advanced Trade', () => {
  it.each(testSource(() => live(levels, () => numbered(0)), { events: 2000, open, faulty: () => live(levels, () => numbered(0.001)) }))('$name', ({ run }) => run())
})

const full: CoinbaseOptions = { symbols: ['DEMO-USD'], feed: 'exchange', book: 'full', exchangeKey: { key: 'k', passphrase: 'p', secret: 'c2VjcmV0' } }
describe('orders', () => {
  it.each(testSource(() => live(full, ofOrders, orders.book), { events: 1000, open }))('$name', ({ run }) => run())
})
