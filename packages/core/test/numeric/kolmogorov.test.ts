import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/kernel.js'
import { kolmogorov } from '../../src/numeric/kolmogorov.js'

const uniform = (x: number): number => x

describe('kolmogorov', () => {
  it('measures the largest step on either side of the sample', () => {
    // F_n jumps to 1/2 at .1 and to 1 at .2: the largest gap is just after .2.
    expect(kolmogorov([0.2, 0.1], uniform).distance).toBeCloseTo(0.8, 12)
    // Just before .9 nothing of the sample was there.
    expect(kolmogorov([0.9], uniform).distance).toBeCloseTo(0.9, 12)
    expect(kolmogorov([0.25, 0.75], uniform).distance).toBeCloseTo(0.25, 12)
  })

  it("has Stephens's critical values: 10, 5 and 1 % at 1.224, 1.358 and 1.628", () => {
    for (const [x, p] of [[1.224, 0.1], [1.358, 0.05], [1.628, 0.01]] as const) {
      const n = 400
      const distance = x / (20 + 0.12 + 0.11 / 20)
      // A sample whose every value is `distance` below its place.
      const sample = Array.from({ length: n }, (_, at) => Math.max((at + 1) / n - distance, 0))
      expect(kolmogorov(sample, uniform).distance).toBeCloseTo(distance, 12)
      expect(kolmogorov(sample, uniform).p).toBeCloseTo(p, 3)
    }
  })

  it('joins its two series where they meet', () => {
    // P(K > x) of Kolmogorov (1933), to five digits: .99999 at .4 needs the small series, .96394 at .5.
    const at = (x: number): number => {
      const n = 100
      const distance = x / (10 + 0.12 + 0.011)
      return kolmogorov(Array.from({ length: n }, (_, k) => Math.max((k + 1) / n - distance, 0)), uniform).p
    }
    expect(at(0.499999)).toBeCloseTo(0.96394, 4)
    expect(at(0.500001)).toBeCloseTo(0.96394, 4)
    expect(at(0.4)).toBeCloseTo(0.997192, 6)
    // Smirnov (1948) has .000009 at .30; an even sample, whose distance is 1 / (2 n), lies far below.
    expect(at(0.3)).toBeCloseTo(0.999991, 6)
    expect(kolmogorov(Array.from({ length: 1000 }, (_, k) => (k + 0.5) / 1000), uniform)).toEqual({ distance: expect.closeTo(0.0005, 12) as number, p: 1 })
  })

  it('gives uniform p-values to samples of the distribution', () => {
    const random = seededRandom(5)
    const small = Array.from({ length: 2000 }, () => kolmogorov(Array.from({ length: 40 }, random), uniform).p).filter((p) => p < 0.1).length
    // Binomial(2000, .1): standard deviation 13.4.
    expect(Math.abs(small - 200)).toBeLessThan(45)
  })

  it('has no p-value without a sample, and none left of an impossible one', () => {
    expect(kolmogorov([], uniform)).toEqual({ distance: 0, p: NaN })
    expect(kolmogorov(Array(200).fill(0.999), uniform).p).toBeLessThan(1e-50)
  })
})
