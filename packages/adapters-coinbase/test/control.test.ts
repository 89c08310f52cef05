import type { Stream } from '@rxlob/feed'
import { expect, it } from 'vitest'
import { controlOf } from '../src/control.js'
import { readMessage } from '../src/index.js'
import { encode, exchange } from './fixtures.js'

const streams: Stream[] = ['BTC-USD', 'BTC-USDC'].flatMap((symbol) => [{ name: `level2_batch:${symbol}`, symbol, channel: 'book' as const }, { name: `matches:${symbol}`, symbol, channel: 'trades' as const }])
const controlled = (message: string, reason = '') => controlOf({ type: 'error', text: `${message}: ${reason}` }, streams)

it.each([
  ['Failed to subscribe', 'level2, level3, and full channels now require authentication', 'auth'],
  ['Authentication Failed', '{"message":"Invalid API Key"}', 'auth'],
  ['authentication failure', '', 'auth'],
  ['Authentication Failed', 'request timestamp expired', 'auth'],
  ['Failed to unsubscribe', 'You need to specify at least one product ID for channel heartbeat', 'other'],
  ['rate limit exceeded', '', 'other'],
  ['ErrSlowConsume', '', 'shutdown'],
  ['Malformed JSON', '', 'other'],
])('%s, %s: %s', (message, reason, kind) => expect(controlled(message, reason)?.kind).toBe(kind))

it('a refusal concerns the symbol that it names, and no other that begins like it', () => {
  expect(controlled('Failed to subscribe', 'BTC-USD is not a valid product')).toMatchObject({ kind: 'refused', streams: ['level2_batch:BTC-USD', 'matches:BTC-USD'] })
  expect(controlled('Failed to subscribe', 'BTC-USDC is not a valid product')).toMatchObject({ streams: ['level2_batch:BTC-USDC', 'matches:BTC-USDC'] })
  expect(controlled('Failed to subscribe', 'nope is not a valid channel')).not.toHaveProperty('streams')
})

it('an answer may call a channel by its older name', () => {
  const demo: Stream[] = [{ name: 'level2_batch:DEMO-USD', symbol: 'DEMO-USD', channel: 'book' }, { name: 'ticker:DEMO-USD', symbol: 'DEMO-USD', channel: 'quotes' }]
  expect(controlOf(readMessage('exchange', encode(exchange.subscriptions)), demo)).toEqual({ kind: 'subscribed', streams: ['level2_batch:DEMO-USD'] })
})
