import { describe, expect, it } from 'vitest'
import { lotsMoved } from '../../src/features/lots-moved.js'
import { pendingTrades } from '../../src/features/pending-trades.js'
import { handTick, type HandChange } from '../hand-tick.js'

/** What moved at bid 100, where sellers had taken `sold` lots. */
function moved(change: HandChange, sold = 0): [moved: number, pending: number] {
  const traded = pendingTrades.init()
  if (sold > 0) pendingTrades.see(traded, handTick({ trade: { ticks: 100, lots: -sold } }))
  return [lotsMoved(traded, handTick({ changes: [change] }).changes, 0), traded.length]
}

describe('lotsMoved', () => {
  it('is the difference that orders made', () => {
    expect(moved([1, 100, 5, 9, 'add'])[0]).toBe(4)
    expect(moved([1, 100, 5, 2, 'cancel'])[0]).toBe(-3)
    expect(moved([1, 100, 5, 3, 'replace'])[0]).toBe(-2)
    expect(moved([1, 100, 5, 5, 'set'])[0]).toBe(0)
  })

  it('is nothing where a window scrolled, a book was shown anew or an order was filled', () => {
    for (const cause of ['scroll', 'snapshot', 'fill'] as const) expect([moved([1, 100, 0, 9, cause])[0], moved([1, 100, 9, 0, cause])[0]]).toEqual([0, 0])
  })

  it('takes what traded at the level out of what left it, and never makes an arrival of it', () => {
    expect(moved([1, 100, 9, 2, 'set'], 4)).toEqual([-3, 0])
    expect(moved([1, 100, 9, 5, 'set'], 4)).toEqual([0, 0])
    expect(moved([1, 100, 9, 7, 'set'], 4)).toEqual([0, 0])
    expect(moved([1, 100, 5, 9, 'set'], 4)).toEqual([4, 0])
    // Causes of orders say themselves what was filled; other levels have not traded.
    expect(moved([1, 100, 9, 2, 'cancel'], 4)).toEqual([-7, 1])
    expect(moved([1, 99, 9, 2, 'set'], 4)).toEqual([-7, 1])
    expect(moved([-1, 100, 9, 2, 'set'], 4)).toEqual([-7, 1])
  })
})
