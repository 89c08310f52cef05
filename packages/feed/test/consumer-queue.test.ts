import { BookTracker, seededRandom, type BookDelta, type BookSnapshot, type MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { bookSnapshot } from '../src/book-snapshot.js'
import { consumerQueue, type SlowPolicy } from '../src/consumer-queue.js'
import { acmeInstrument } from './acme/acme-spec.js'

const definition = acmeInstrument('BTC')
const header = (tsLocal: number, seq?: number) => ({ instrument: definition.id, tsExchange: tsLocal, tsLocal, ...(seq !== undefined && { seq }) })
const snapshot = (tsLocal: number): BookSnapshot => ({ kind: 'snapshot', ...header(tsLocal, tsLocal), bids: [[99.99, 5]], asks: [[100.01, 5]] })
const delta = (tsLocal: number, bid: number, size: number): BookDelta => ({ kind: 'delta', ...header(tsLocal, tsLocal), bids: [[bid, size]], asks: [] })
const trade = (tsLocal: number): MarketEvent => ({ kind: 'trade', ...header(tsLocal), price: 100, size: 1, aggressor: 'buy', print: 'regular' })
const status = (tsLocal: number, name: 'gap' | 'connected'): MarketEvent => ({ kind: 'status', ...header(tsLocal), status: name, channel: 'book' })

const levels = ({ book }: BookTracker): unknown => [
  Array.from({ length: book.bidDepth }, (_, level) => [book.bidTicks(level), book.bidLots(level)]),
  Array.from({ length: book.askDepth }, (_, level) => [book.askTicks(level), book.askLots(level)]),
]

describe.each(['block', 'conflate', 'drop'] as SlowPolicy[])('%s', (policy) => {
  it('adds up, keeps the order of time, and the reader ends with the true book', () => {
    const random = seededRandom(31)
    for (let round = 0; round < 60; round++) {
      const truth = new BookTracker(definition, 1000)
      const reader = new BookTracker(definition, 1000)
      const queue = consumerQueue({ policy, capacity: 20, bookNow: () => (truth.book.synced ? bookSnapshot(truth, truth.tsLocal) : []) })
      let lastLocal = -Infinity
      let marked = 0
      const read = (): void => {
        for (const event of queue.drain()) {
          expect(event.tsLocal).toBeGreaterThanOrEqual(lastLocal)
          lastLocal = event.tsLocal
          if (event.kind === 'status' && event.status === 'dropped') marked += event.count!
          reader.apply(event)
        }
      }
      for (let time = 1; time < 400; time++) {
        const roll = random()
        const event = time === 1 || roll < 0.02 ? snapshot(time) : roll < 0.04 ? status(time, 'gap') : roll < 0.06 ? status(time, 'connected') : roll < 0.3 ? trade(time) : delta(time, 99 + Math.floor(random() * 99) / 100, Math.floor(random() * 3))
        truth.apply(event)
        queue.push(event)
        if (random() < (round % 2 === 0 ? 0.01 : 0.2)) {
          read()
          // A reader that has all sees exactly what is true.
          expect(reader.book.synced).toBe(truth.book.synced)
          expect(levels(reader)).toEqual(levels(truth))
        }
        const { produced, delivered, conflated, dropped } = queue.counts
        expect(delivered + conflated + dropped + queue.length).toBe(produced)
        if (policy !== 'block') expect(queue.length).toBeLessThan(20 + 2 + 40)
      }
      read()
      expect(queue.length).toBe(0)
      expect(queue.counts.delivered + queue.counts.conflated + queue.counts.dropped).toBe(queue.counts.produced)
      expect(marked).toBe(queue.counts.dropped)
      if (policy === 'block') expect(queue.counts).toMatchObject({ conflated: 0, dropped: 0 })
      if (policy === 'drop' && round % 2 === 0) expect(queue.counts.dropped).toBeGreaterThan(0)
    }
  })
})

describe('marks', () => {
  const filled = (policy: SlowPolicy) => {
    const queue = consumerQueue({ policy, capacity: 1, bookNow: () => [snapshot(0)] })
    queue.push(snapshot(1))
    return queue
  }
  it('conflate: later sizes win, trades without room are told', () => {
    const queue = filled('conflate')
    for (const event of [delta(2, 99, 1), trade(3), delta(4, 99, 2), delta(5, 98, 1)]) queue.push(event)
    expect(queue.drain()).toEqual([
      snapshot(1),
      { kind: 'status', ...header(5), status: 'dropped', channel: 'trades', count: 1, reason: 'slow reader' },
      { ...delta(5, 99, 2), bids: [[99, 2], [98, 1]] },
    ])
    expect(queue.counts).toEqual({ produced: 5, delivered: 2, conflated: 2, dropped: 1 })
  })
  it('drop: one mark, then the book as it is', () => {
    const queue = filled('drop')
    for (const event of [delta(2, 99, 1), trade(3)]) queue.push(event)
    expect(queue.drain()).toEqual([snapshot(1), { kind: 'status', ...header(3), status: 'dropped', channel: 'all', count: 2, reason: 'slow reader' }, { ...snapshot(0), tsLocal: 3 }])
    queue.push(delta(4, 99, 1))
    expect(queue.drain()).toHaveLength(1)
  })
  it('statuses are never lost', () => {
    const queue = filled('drop')
    for (let time = 2; time < 50; time++) queue.push(status(time, 'connected'))
    expect(queue.drain()).toHaveLength(49)
    expect(queue.counts.dropped).toBe(0)
  })
})
