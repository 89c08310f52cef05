import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vpinExact } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('vpinExact', () => {
  it('equals buckets filled lot by lot', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 4 }), (flows, size, count) => {
        const lots: number[] = []
        const expected = flows.map((flow) => {
          lots.push(...Array<number>(Math.abs(flow)).fill(Math.sign(flow)))
          const full = Math.floor(lots.length / size)
          if (full < count) return NaN
          let sum = 0
          for (let bucket = full - count; bucket < full; bucket++) sum += Math.abs(lots.slice(bucket * size, (bucket + 1) * size).reduce((a, b) => a + b, 0))
          return sum / (count * size)
        })
        const ticks = flows.map((flow) => handTick(flow === 0 ? {} : { trade: { ticks: 100, lots: flow } }))
        expectClose(runColumn(vpinExact({ bucketLots: size, buckets: count }), ticks), expected, 1e-12)
      }),
    )
  })

  it('fills a bucket exactly, whatever parts it came in', () => {
    // 49 = 22 + 27 of trades that were split: in doubles 49 * (22 / 49) is not 22.
    const flows = [5, 22, 49, -49, 5, 49, -22, 49, 49, 5, 22, 49]
    const ticks = flows.map((lots) => handTick({ trade: { ticks: 100, lots } }))
    const lots = flows.flatMap((flow) => Array<number>(Math.abs(flow)).fill(Math.sign(flow)))
    for (const size of [7, 27, 49, 54, 71]) {
      const full = Math.floor(lots.length / size)
      const expected = Math.abs(lots.slice((full - 1) * size, full * size).reduce((a, b) => a + b)) / size
      expectClose([runColumn(vpinExact({ bucketLots: size, buckets: 1 }), ticks).at(-1)!], [expected], 1e-12)
    }
  })

  it('takes a trade of many buckets in its stride', () => {
    const ticks = [handTick({ trade: { ticks: 100, lots: 3 } }), handTick({ trade: { ticks: 100, lots: -(2 ** 52) } })]
    expect(runColumn(vpinExact({ bucketLots: 7, buckets: 3 }), ticks)).toEqual([NaN, 1])
  })

  it('leaves out trades whose taker is not known', () => {
    const ticks = [handTick({ trade: { ticks: 100, lots: NaN, size: 10 } }), handTick({ trade: { ticks: 100, lots: 10 } })]
    expect(runColumn(vpinExact({ bucketLots: 10, buckets: 1 }), ticks)).toEqual([NaN, 1])
  })

  it('refuses buckets that are no count', () => {
    expect(() => vpinExact({ bucketLots: 10, buckets: 0 })).toThrow(/buckets/)
  })
})
