import { describe, expect, it } from 'vitest'
import { levelRates } from '../../src/kernel.js'
import { handTick, type HandChange } from '../hand-tick.js'
import { runFeature } from '../run-feature.js'

const tick = (at: number, changes: HandChange[] = [], lots = 0) => handTick({ bids: [[100, 5]], asks: [[103, 5]], at, changes, ...(lots !== 0 && { trade: { ticks: 103, lots } }) })

describe('levelRates', () => {
  it('counts by kind and by distance from the opposite best price', () => {
    const feature = levelRates({ distances: 4, micros: 2_000_000 })
    const names = feature.columns.map(({ name }) => name)
    const ticks = [
      tick(0),
      tick(1_000_000, [[1, 100, 0, 5, 'add'], [1, 99, 2, 4, 'add'], [-1, 103, 9, 5, 'cancel'], [1, 90, 0, 3, 'add']]),
      tick(1_500_000, [[1, 100, 5, 9, 'add']], 4),
      tick(2_000_000, [[-1, 104, 0, 1, 'add'], [-1, 103, 5, 4, 'fill'], [1, 99, 0, 3, 'scroll']]),
      tick(3_000_000),
    ]
    const rows = runFeature(feature, ticks)
    const at = (row: number) => Object.fromEntries(names.map((name, column) => [name, rows[row]![column]!]).filter(([, rate]) => rate !== 0))
    expect(rows[2]!.every(Number.isNaN)).toBe(true)
    expect(at(3)).toEqual({ bid_add_rate_at_3_2s: 1, bid_add_rate_at_4_2s: 0.5, ask_add_rate_at_4_2s: 0.5, ask_cancel_rate_at_3_2s: 0.5, market_buy_rate_2s: 0.5 })
    expect(at(4)).toEqual({ bid_add_rate_at_3_2s: 0.5, ask_add_rate_at_4_2s: 0.5, market_buy_rate_2s: 0.5 })
  })

  it('takes trades out of what left a level whose cause is unknown', () => {
    const feature = levelRates({ distances: 3, ticks: 2 })
    const column = feature.columns.findIndex(({ name }) => name === 'ask_cancel_rate_at_3_2')
    const trade = handTick({ bids: [[100, 5]], asks: [[103, 5]], at: 0, trade: { ticks: 103, lots: 4 } })
    const rate = (after: number) => runFeature(feature, [trade, tick(0), tick(1_000_000, [[-1, 103, 9, after, 'set']])])[2]![column]
    expect([rate(5), rate(4)]).toEqual([0, 1])
  })

  it('counts over the time since the row before the window in rows', () => {
    const feature = levelRates({ distances: 3, ticks: 2 })
    const column = feature.columns.findIndex(({ name }) => name === 'bid_add_rate_at_3_2')
    const add: HandChange[] = [[1, 100, 0, 5, 'add']]
    const rows = runFeature(feature, [tick(1e6), tick(2e6, add), tick(5e6, add), tick(5.5e6), tick(5.5e6), tick(5.5e6)])
    // Rows 1 and 2 within 4 s, then row 2 in 3.5 s, none in 0.5 s, and no time at all. At the second row there is no row before its window.
    expect(rows.map((row) => row[column])).toEqual([NaN, NaN, 2 / 4, 1 / 3.5, 0, NaN])
  })

  it('refuses distances that are no count', () => {
    expect(() => levelRates({ distances: 0, ticks: 2 })).toThrow(/distances/)
  })
})
