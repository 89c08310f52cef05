import { describe, expect, it } from 'vitest'
import { microPrice, type Fitted, type MicroPriceParameters } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

const fitted = (parameters: Partial<MicroPriceParameters> = {}): Fitted<MicroPriceParameters> => ({
  parameters: { edges: [-0.5, 0, 0.5], spreads: 2, adjustments: [-0.5, -0.25, 0.25, 0.5, -2, -1, 1, 2], unvisited: 0, ...parameters },
  instrument: 'hand:ABC', from: 0, to: 1, rows: 9,
})

describe('microPrice', () => {
  it('adds the adjustment of the state to the mid', () => {
    const rows: [number, number, number, number][] = [[100, 1, 101, 9], [100, 4, 101, 6], [100, 6, 101, 4], [100, 9, 101, 1], [100, 1, 102, 9], [100, 9, 107, 1], [100, 5, 101, 5]]
    expect(runColumn(microPrice(fitted()), quoteTicks(rows))).toEqual([100, 100.25, 100.75, 101, 99, 105.5, 100.5])
  })

  it('gives a quote on an edge to the bucket nearer to balance, on both sides', () => {
    expect(runColumn(microPrice(fitted()), quoteTicks([[100, 3, 101, 1], [100, 1, 101, 3]]))).toEqual([100.75, 100.25])
  })

  it('is NaN on a one-sided book', () => {
    expect(runColumn(microPrice(fitted()), [handTick({ asks: [[1, 1]] })])).toEqual([NaN])
  })

  it('refuses a table that does not fit its states', () => {
    expect(() => microPrice(fitted({ adjustments: [0, 1] }))).toThrow(/8 states, got 2/)
    expect(() => microPrice(fitted({ adjustments: Array(8).fill(NaN) }))).toThrow(/finite/)
  })
})
