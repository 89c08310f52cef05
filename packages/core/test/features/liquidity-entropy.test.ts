import { describe, expect, it } from 'vitest'
import { liquidityEntropy } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('liquidityEntropy', () => {
  it('equals the entropy of the shares of A5', () => {
    const shares = [0.1, 0.2, 0.3, 0.05, 0.25, 0.1]
    expectClose(runColumn(liquidityEntropy({ levels: 3 }), [a5]), [shares.reduce((sum, s) => sum - s * Math.log(s), 0) / Math.log(6)], 1e-13)
  })

  it('is 1 for equal levels, and less the more unequal they are', () => {
    const book = (lots: number) => handTick({ bids: [[99, lots], [98, 2]], asks: [[101, 2], [102, 2]] })
    const [even, uneven, lopsided] = runColumn(liquidityEntropy({ levels: 2 }), [book(2), book(8), book(1e6)])
    expect(Math.abs(even! - 1)).toBeLessThan(1e-15)
    expect(uneven).toBeLessThan(1)
    expect(lopsided).toBeLessThan(1e-4)
  })

  it('is NaN with an empty side and refuses levels that are no count', () => {
    expect(runColumn(liquidityEntropy({ levels: 2 }), [handTick({ bids: [[99, 3], [98, 1]] })])).toEqual([NaN])
    expect(() => liquidityEntropy({ levels: 0 })).toThrow(/levels/)
  })
})
