import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/kernel.js'
import { rollingSum } from '../../src/numeric/rolling-sum.js'

/** The correctly rounded sum, from partial sums that do not overlap (Shewchuk 1997). */
function exactSum(values: Iterable<number>): number {
  const partials: number[] = []
  for (let value of values) {
    let kept = 0
    for (let partial of partials) {
      if (Math.abs(value) < Math.abs(partial)) [value, partial] = [partial, value]
      const sum = value + partial
      const rest = partial - (sum - value)
      if (rest !== 0) partials[kept++] = rest
      value = sum
    }
    partials.length = kept
    partials.push(value)
  }
  return partials.reduceRight((sum, partial) => sum + partial, 0)
}

describe('rollingSum', () => {
  it('equals the sum of the window on random keys and values', () => {
    const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), { maxLength: 200, size: 'max' })
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 20 }), (entries, length) => {
        const state = rollingSum.init()
        const model: [number, number][] = []
        let key = 0
        let peak = 0
        for (const [step, value] of entries) {
          key += step
          rollingSum.evict(state, key - length)
          rollingSum.push(state, key, value)
          model.push([key, value])
          const window = model.filter(([at]) => at > key - length).map(([, value]) => value)
          expect(state.entries.length).toBe(window.length)
          const size = window.reduce((sum, value) => sum + Math.abs(value), 0)
          peak = Math.max(peak, size)
          expect(Math.abs(rollingSum.total(state) - exactSum(window))).toBeLessThanOrEqual(1e-15 * size + 1e-29 * peak + Number.MIN_VALUE * 100)
        }
      }),
    )
  })

  it('is exact for integers', () => {
    const lots = fc.array(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), { maxLength: 100, size: 'max' })
    fc.assert(
      fc.property(lots, fc.integer({ min: 1, max: 20 }), (lots, length) => {
        const state = rollingSum.init()
        lots.forEach((value, key) => {
          rollingSum.evict(state, key - length)
          rollingSum.push(state, key, value)
          expect(rollingSum.total(state)).toBe(lots.slice(Math.max(0, key - length + 1), key + 1).reduce((sum, value) => sum + value, 0))
        })
      }),
    )
  })

  it('does not drift over a million entries with spikes of 1e8 among values of 1e-4', () => {
    const random = seededRandom(1)
    const length = 200
    const state = rollingSum.init()
    const window: number[] = []
    let plain = 0
    let worst = 0
    let worstPlain = 0
    for (let key = 0; key < 1_000_000; key++) {
      const value = random() < 1e-3 ? 1e8 * random() : 1e-4 * random()
      rollingSum.evict(state, key - length)
      rollingSum.push(state, key, value)
      plain += value - (window[key % length] ?? 0)
      window[key % length] = value
      if (key % 997 !== 0) continue
      const exact = exactSum(window)
      worst = Math.max(worst, Math.abs(rollingSum.total(state) - exact) / exact)
      worstPlain = Math.max(worstPlain, Math.abs(plain - exact) / exact)
    }
    expect(worst).toBeLessThan(1e-12)
    expect(worstPlain).toBeGreaterThan(1e-6)
  })

  it('is exactly 0 when it empties and when only zeros are left, though rounding lost digits on the way', () => {
    const random = seededRandom(5)
    const state = rollingSum.init()
    for (let key = 0; key < 1000; key++) {
      rollingSum.evict(state, key - 50)
      rollingSum.push(state, key, (random() - 0.5) * 10 ** (60 * random() - 30))
    }
    rollingSum.push(state, 1000, 0)
    rollingSum.evict(state, 999)
    expect([rollingSum.total(state), state.entries.length]).toEqual([0, 1])
    rollingSum.evict(state, 1000)
    expect([rollingSum.total(state), state.entries.length]).toEqual([0, 0])
  })
})
