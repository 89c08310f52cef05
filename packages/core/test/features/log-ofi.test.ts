import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logOfi, ofi, type Tick } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { mirrored, randomBook } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('logOfi', () => {
  it('is the case table over ln(1 + q)', () => {
    const ticks = quoteTicks([[100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4], [101, 2, 103, 6], [100, 7, 102, 3]])
    // Same price: ln 9 - ln 6. Bid up: ln 3. Ask up: + ln 5. Bid down and ask down: -ln 3 - ln 4.
    expectClose(runColumn(logOfi(), ticks), [NaN, Math.log(9 / 6), Math.log(3), Math.log(5), -Math.log(3) - Math.log(4)])
  })

  it('is ofi of books whose sizes are their logarithms', () => {
    const logged = (spec: Parameters<typeof handTick>[0]): Tick =>
      handTick({
        ...spec,
        bids: (spec.bids ?? []).map(([ticks, lots]) => [ticks, Math.log(1 + lots)]),
        asks: (spec.asks ?? []).map(([ticks, lots]) => [ticks, Math.log(1 + lots)]),
      })
    fc.assert(
      fc.property(fc.array(randomBook, { minLength: 1 }), (specs) => {
        expectClose(runColumn(logOfi({ levels: 3 }), specs.map(handTick)), runColumn(ofi({ levels: 3 }), specs.map(logged)), 1e-12)
      }),
    )
  })

  it('changes its sign when the sides change places', () => {
    fc.assert(
      fc.property(fc.array(randomBook, { minLength: 1 }), (specs) => {
        const there = runColumn(logOfi({ levels: 2 }), specs.map(handTick))
        expectClose(runColumn(logOfi({ levels: 2 }), specs.map(mirrored).map(handTick)), there.map((value) => -value), 1e-12)
      }),
    )
  })

  it('names its column by its levels and refuses levels that are no count', () => {
    expect(logOfi({ levels: 2 }).columns).toEqual([{ name: 'log_ofi_2', unit: 'ratio' }])
    expect(() => logOfi({ levels: 0 })).toThrow(/levels/)
  })
})
