import { simulator } from '@rxlob/adapters-simulator'
import type { Instrument, MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { pessimisticQueue, powerQueue, queueTruth } from '../../src/index.js'
import { eventSource } from '../event-source.js'

describe('a market that trades first in, first out', () => {
  const source = simulator({ seed: 3, durationMicros: 600e6, rates: { marketOrders: 4 } })

  it('the exact place is right every time', async () => {
    const truth = await queueTruth(source)
    expect(truth.executed).toBeGreaterThan(500)
    expect(truth.queuedExecuted).toBeGreaterThan(200)
    expect(truth).toMatchObject({ sameMessage: truth.executed, queuedSameMessage: truth.queuedExecuted, early: 0, late: 0, falseFills: 0 })
  })

  it('the pessimistic model is never early, the others err both ways', async () => {
    const pessimistic = await queueTruth(source, pessimisticQueue())
    expect(pessimistic.early).toBe(0)
    expect(pessimistic.falseFills).toBe(0)
    expect(pessimistic.late).toBeGreaterThan(0)
    const power = await queueTruth(source, powerQueue())
    expect(power.early).toBeGreaterThan(0)
    expect(power.late).toBeLessThan(pessimistic.late)
  })
})

const instrument: Instrument = { id: 'test:A', venue: 'test', symbol: 'A', kind: 'equity', base: 'A', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 1, lotSize: 1, multiplier: 1 }

it('an order that overtakes its queue is told early and late', async () => {
  let now = 1e15
  const header = () => ({ instrument: instrument.id, tsExchange: (now += 1000), tsLocal: now })
  const order = (action: 'add' | 'fill' | 'remove', orderId: number, size: number): MarketEvent => ({ kind: 'order', ...header(), action, orderId, side: 'bid', price: 100, size })
  const events: MarketEvent[] = [
    { kind: 'instrument', ...header(), definition: instrument, levels: Infinity },
    { kind: 'snapshot', ...header(), bids: [], asks: [[102, 5]], orders: [{ orderId: 9, side: 'ask', price: 102, size: 5 }] },
    order('add', 1, 10), order('add', 2, 10), order('add', 3, 10),
    // 2 trades before 1: early for 1, which is filled a millisecond later, and late for 2, which had 10 ahead.
    order('fill', 2, 10), order('fill', 1, 10),
    order('remove', 3, 10),
  ]
  expect(await queueTruth(eventSource(events, 'l3'))).toEqual({
    queue: 'fifo', executed: 2, sameMessage: 0, queuedExecuted: 1, queuedSameMessage: 0, early: 1, late: 1, meanEarlyMicros: -1000, neverExecuted: 1, falseFills: 0,
  })
})

it('refuses levels', async () => {
  await expect(queueTruth(eventSource([], 'l2'))).rejects.toThrow(/l3/)
})
