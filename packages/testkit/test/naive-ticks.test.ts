import type { Instrument, MarketEvent, PriceLevel } from '@rxlob/core'
import { expect, it } from 'vitest'
import { naiveTicks } from '../src/index.js'

const definition: Instrument = {
  id: 'test:ONE', venue: 'test', symbol: 'ONE', kind: 'equity', base: 'ONE', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 0.1, multiplier: 1,
}
const header = { instrument: definition.id, tsExchange: 1, tsLocal: 2 } as const
const start: MarketEvent = { kind: 'instrument', ...header, definition, levels: 2 }
const snapshot = (bids: PriceLevel[], asks: PriceLevel[]): MarketEvent => ({ kind: 'snapshot', ...header, bids, asks })
const status = (name: 'gap' | 'halted', channel: 'book' | 'trades' | 'all'): MarketEvent => ({ kind: 'status', ...header, status: name, channel })
const open = snapshot([[10, 0.5], [9.99, 0.7]], [[10.01, 0.3]])

it('gives a row for each snapshot, delta, trade and order, and none for the rest', () => {
  const kinds = naiveTicks([
    start, status('halted', 'all'), open,
    { kind: 'delta', ...header, bids: [], asks: [] },
    { kind: 'trade', ...header, price: 10.005, size: 0.2, aggressor: 'unknown', print: 'hidden' },
    { kind: 'order', ...header, action: 'add', orderId: 1, side: 'bid', price: 10, size: 0.1 },
  ]).map(({ tick }) => tick.kind)
  expect(kinds).toEqual(['snapshot', 'delta', 'trade', 'order'])
})

it('copies the book, so that later events change no earlier tick', () => {
  const [first, second] = naiveTicks([start, open, { kind: 'delta', ...header, bids: [[10, 0]], asks: [] }]).map(({ tick }) => tick.book)
  expect([first!.bidTicks(0), first!.bidLots(0), first!.bidDepth, first!.bidKnownDepth]).toEqual([1000, 5, 2, 2])
  expect([second!.bidTicks(0), second!.bidLots(0), second!.bidDepth, second!.bidKnownDepth]).toEqual([999, 7, 1, 1])
  expect([first!.bidTicks(2), first!.bidLots(2), first!.askTicks(1), first!.askLots(1), first!.askKnownDepth]).toEqual([NaN, NaN, NaN, 0, Infinity])
})

it('tells how shallow an event reached; a snapshot always reaches the best level', () => {
  const shallowest = naiveTicks([start, open, { kind: 'delta', ...header, bids: [[9.99, 0.1]], asks: [] }, snapshot([], [])]).map(({ tick }) => tick.changes.shallowest)
  expect(shallowest).toEqual([0, 1, 0])
})

it('signs trades by their taker; a fill takes from the resting side', () => {
  const trade = (aggressor: 'buy' | 'sell' | 'unknown'): MarketEvent => ({ kind: 'trade', ...header, price: 10.01, size: 0.2, aggressor, print: 'regular' })
  const fill = (side: 'bid' | 'ask'): MarketEvent => ({ kind: 'order', ...header, action: 'fill', orderId: 9, side, price: side === 'bid' ? 10 : 10.01, size: 0.1 })
  const ticks = naiveTicks([start, open, trade('buy'), trade('sell'), trade('unknown'), fill('bid'), fill('ask')]).map(({ tick }) => tick)
  expect(ticks.map(({ tradeLots }) => tradeLots)).toEqual([0, 2, -2, NaN, -1, 1])
  expect(ticks.map(({ tradeSize }) => tradeSize)).toEqual([0, 2, 2, 2, 1, 1])
  expect(ticks.map(({ tradeTicks }) => tradeTicks)).toEqual([NaN, 1001, 1001, 1001, 1000, 1001])
  expect(ticks.map(({ tradePrint }) => tradePrint)).toEqual([undefined, 'regular', 'regular', 'regular', 'regular', 'regular'])
})

it('starts states again by channel', () => {
  const epochs = naiveTicks([start, open, status('gap', 'book'), open, status('gap', 'trades'), open, status('gap', 'all'), open, status('halted', 'all'), open])
  expect(epochs.map(({ bookEpoch }) => bookEpoch)).toEqual([1, 2, 2, 3, 3])
  expect(epochs.map(({ tradesEpoch }) => tradesEpoch)).toEqual([1, 1, 2, 3, 3])
})
