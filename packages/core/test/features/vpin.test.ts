import { describe, expect, it } from 'vitest'
import { vpin } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

const trade = (ticks: number, lots: number, at = 0) => handTick({ at, trade: { ticks, lots: NaN, size: lots } })
// Vector A8 in ticks of 0.05: changes 2, -1, 4, 0, -3.
const prices = [100, 102, 101, 105, 105, 102]
const sigmaTicks = 0.13509256086106294 / 0.05

describe('vpin', () => {
  it('equals vector A8, whose bars fill a bucket each', () => {
    const values = runColumn(vpin({ bucketLots: 100, buckets: 5, ticks: 1, sigmaTicks }), prices.map((price) => trade(price, 100)))
    expectClose([values[5]!], [0.4847897519688])
    expect(values.slice(0, 4)).toEqual(Array(4).fill(NaN))
  })

  it("equals vector A8 with Student's t of a quarter degree", () => {
    const values = runColumn(vpin({ bucketLots: 100, buckets: 1, ticks: 1, sigmaTicks, studentDegrees: 0.25 }), prices.map((price) => trade(price, 100)))
    expectClose(values.slice(1), [62.0868072913, 42.7735280582, 67.4899553375, 50, 34.7432870028].map((bought) => Math.abs(2 * bought - 100) / 100), 1e-11)
    expect(vpin({ bucketLots: 100, buckets: 1, ticks: 1, sigmaTicks, studentDegrees: 0.25 }).name).toBe('vpin_student_1x100_1')
  })

  it('splits a bar over the buckets that it fills', () => {
    // One bar of 250 after one of 30: bought shares .5 and Z(1).
    const z = 0.8413447460685429
    const values = runColumn(vpin({ bucketLots: 100, buckets: 2, ticks: 1, sigmaTicks: 3 }), [trade(100, 30), trade(103, 250)])
    const first = Math.abs(70 * (2 * z - 1))
    const second = Math.abs(100 * (2 * z - 1))
    expectClose([values[1]!], [(first + second) / 200], 1e-12)
  })

  it('gathers bars by time until a later row shows that they are over', () => {
    const ticks = [trade(100, 60, 5), trade(101, 40, 8), trade(103, 100, 12), handTick({ at: 31 })]
    const values = runColumn(vpin({ bucketLots: 100, buckets: 2, micros: 10, sigmaTicks: 2 }), ticks)
    const z = 0.8413447460685429
    expectClose(values, [NaN, NaN, NaN, (0 + 100 * (2 * z - 1)) / 200], 1e-12)
  })

  it('counts hidden trades and passes over crosses and off-book prints', () => {
    const ticks = (print: 'hidden' | 'cross' | 'off-book') => [trade(100, 10), handTick({ trade: { ticks: 103, lots: NaN, size: 10, print } })]
    const run = (print: 'hidden' | 'cross' | 'off-book') => runColumn(vpin({ bucketLots: 10, buckets: 2, ticks: 1, sigmaTicks: 3 }), ticks(print))
    // The first bar is halved; of the second the share Z(1) is bought.
    expectClose(run('hidden'), [NaN, (10 * (2 * 0.8413447460685429 - 1)) / 20], 1e-12)
    expect([run('cross'), run('off-book')]).toEqual([[NaN, NaN], [NaN, NaN]])
  })

  it('halves every bar where sigma is 0', () => {
    expect(runColumn(vpin({ bucketLots: 10, buckets: 1, ticks: 1, sigmaTicks: 0 }), [trade(100, 10), trade(105, 10)])).toEqual([0, 0])
  })

  it('refuses options out of their ranges', () => {
    expect(() => vpin({ bucketLots: 0, buckets: 1, ticks: 1, sigmaTicks: 1 })).toThrow(/bucketLots/)
    expect(() => vpin({ bucketLots: 1, buckets: 1, ticks: 1, sigmaTicks: -1 })).toThrow(/sigmaTicks/)
    expect(() => vpin({ bucketLots: 1, buckets: 1, ticks: 1, sigmaTicks: 1, studentDegrees: 0 })).toThrow(/studentDegrees/)
  })
})
