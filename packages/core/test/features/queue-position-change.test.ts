import { describe, expect, it } from 'vitest'
import { queuePositionChange } from '../../src/kernel.js'
import { handTick, type HandTickSpec } from '../hand-tick.js'
import { runFeature } from '../run-feature.js'

const book = (bid: number, lots: number, more: HandTickSpec = {}) => handTick({ bids: [[bid, lots]], asks: [[110, 7]], ...more })

describe('queuePositionChange', () => {
  it('sums how far the order moved up, and nothing where it joined', () => {
    const ticks = [book(100, 10), book(100, 10, { trade: { ticks: 100, lots: -4 } }), book(100, 6), book(100, 5), book(101, 9), book(101, 8)]
    expect(runFeature(queuePositionChange({ model: 'pessimistic', ticks: 3 }), ticks).map(([bid]) => bid)).toEqual([NaN, NaN, 4, 5, 1, 2])
    expect(runFeature(queuePositionChange({ model: 'pessimistic', ticks: 3 }), ticks).map(([, ask]) => ask)).toEqual([NaN, NaN, 0, 0, 0, 0])
  })

  it('names its columns by model and span', () => {
    expect(queuePositionChange({ model: 'log', micros: 10_000_000 }).columns.map(({ name }) => name)).toEqual(['bid_queue_advance_log_10s', 'ask_queue_advance_log_10s'])
    expect(() => queuePositionChange({ model: 'log' } as never)).toThrow(/neither/)
  })
})
