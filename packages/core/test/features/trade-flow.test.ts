import { describe, expect, it } from 'vitest'
import { tradeFlow } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

describe('tradeFlow', () => {
  it('signs the traded lots by the taker', () => {
    const ticks = [
      handTick({}), handTick({ trade: { lots: 7 } }), handTick({ trade: { lots: -3 } }),
      handTick({ kind: 'order', trade: { lots: -2, print: 'regular' } }),
    ]
    expect(runColumn(tradeFlow(), ticks)).toEqual([0, 7, -3, -2])
  })

  it('counts hidden executions, and neither crosses nor off-book prints', () => {
    const ticks = (['regular', 'hidden', 'cross', 'off-book'] as const).map((print) => handTick({ trade: { lots: 5, print } }))
    expect(runColumn(tradeFlow(), ticks)).toEqual([5, 5, 0, 0])
  })

  it('is NaN where the taker is unknown, unless the print does not count', () => {
    const unknown = { lots: NaN, size: 5 }
    expect(runColumn(tradeFlow(), [handTick({ trade: unknown }), handTick({ trade: { ...unknown, print: 'cross' } })])).toEqual([NaN, 0])
  })

  it('reads no book', () => {
    expect(tradeFlow().depth).toBe(0)
    expect(runColumn(tradeFlow(), [handTick({ synced: false, trade: { lots: 4 } })])).toEqual([4])
    expect(tradeFlow().columns).toEqual([{ name: 'trade_flow', unit: 'lots' }])
  })
})
