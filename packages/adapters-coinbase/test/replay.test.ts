import type { MarketEvent } from '@rxlob/core'
import { feedCore, type WireItem } from '@rxlob/feed'
import { expect, it } from 'vitest'
import { coinbase, coinbaseSpec, type CoinbaseOptions } from '../src/index.js'
import { advanced, exchange, orders } from './fixtures.js'
import { session } from './venue.js'

const second = 1_000_000
const rest = '{"sequence": 99, "bids": [["100.00", "7.0", 3], ["99.50", "2.5", 1]], "asks": [["101.00", "2.0", 1]]}'

it.each([
  ['levels that an audit corrects', { symbols: ['DEMO-USD'], feed: 'exchange', trades: true, auditSeconds: 20 }, [exchange.snapshot, exchange.lastMatch, exchange.match], rest],
  ['orders, with a hole', { symbols: ['DEMO-USD'], feed: 'exchange', book: 'full', exchangeKey: { key: 'k', passphrase: 'p', secret: 'c2VjcmV0' } }, [...orders.messages, orders.afterGap], orders.book],
  ['numbered frames, with one lost', { symbols: ['DEMO-USD'], trades: true }, [advanced.snapshot, advanced.subscriptions, advanced.update, advanced.trades], ''],
] as [string, CoinbaseOptions, string[], string][])('%s: what came in gives the same events again, and holds no secret', async (_, options, messages, body) => {
  const venue = session(options, () => body)
  const items: WireItem[] = []
  const events: MarketEvent[] = []
  const subscription = coinbase(options, venue.outside).wire((event) => events.push(event)).subscribe((item) => items.push(item.kind === 'frame' || item.kind === 'response' ? { ...item, data: item.data.slice() } : item))
  await venue.clock.advance(second)
  for (const message of messages) {
    venue.say(message)
    await venue.clock.advance(50_000)
  }
  await venue.clock.advance(90 * second)
  subscription.unsubscribe()
  venue.stop()
  expect(events.some((event) => event.kind === 'status' && ['gap', 'disconnected'].includes(event.status))).toBe(true)
  const again: MarketEvent[] = []
  const core = feedCore(coinbaseSpec(options), (event) => again.push(event))
  for (const item of items) core.accept(item)
  expect(again).toEqual(events)
  expect(items.map((item) => ('data' in item ? new TextDecoder().decode(item.data) : JSON.stringify(item))).join('')).not.toContain('c2VjcmV0')
})
