import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { gaussianPit } from '../../../src/index.js'

describe('gaussianPit', () => {
  it('is the distribution function at the outcome', () => {
    expect(gaussianPit(1, { mean: 1, deviation: 3 })).toBe(0.5)
    // Phi(1.959963984540054) = 0.975
    expect(gaussianPit(1.959963984540054, { mean: 0, deviation: 1 })).toBeCloseTo(0.975, 12)
    expect(gaussianPit(1, { mean: 0, deviation: 0 })).toBeNaN()
  })

  it('is uniform for calibrated forecasts', () => {
    const random = seededRandom(3)
    const deciles = new Float64Array(10)
    for (let row = 0; row < 20_000; row++) {
      const mean = 4 * random() - 2
      const deviation = 0.5 + random()
      const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      deciles[Math.floor(gaussianPit(mean + deviation * z, { mean, deviation }) * 10)]! += 1
    }
    // Standard deviation of a decile's count is 42.
    for (const count of deciles) expect(Math.abs(count - 2000)).toBeLessThan(170)
  })
})
