import { simulator } from '@rxlob/adapters-simulator'
import { collectFrame, columnOf, queueImbalance } from '@rxlob/core'
import { testFeature } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { latentImbalance } from '../../src/bayes/index.js'

describe('latentImbalance', () => {
  for (const check of testFeature(latentImbalance({ particles: 50 }), { variant: latentImbalance({ particles: 50, seed: 2 }) })) it(`${check.name}`, check.run)

  it('is near the Kalman filter of the same model with Gaussian noise', async () => {
    const [q, r] = [0.002, 0.4]
    const feature = latentImbalance({ levelVariance: q, noiseVariance: r, noiseDegrees: Infinity, particles: 5000 })
    const frame = await collectFrame(simulator({ seed: 4, durationMicros: 10e6 }), [queueImbalance(), feature])
    const [seen, means, deviations] = ['queue_imbalance', 'latent_imbalance', 'latent_imbalance_sd'].map((name) => columnOf(frame, name))
    let [mean, variance] = [0, 0.1]
    let [rows, meanError, deviationError] = [0, 0, 0]
    seen!.forEach((y, row) => {
      if (Number.isNaN(y)) {
        expect(means![row]).toBeNaN()
        return
      }
      variance += q
      const gain = variance / (variance + r)
      mean += gain * (y - mean)
      variance *= 1 - gain
      rows++
      // Where the imbalance jumps by several deviations, few particles are there to follow.
      expect(Math.abs(means![row]! - mean)).toBeLessThan(0.1)
      meanError += Math.abs(means![row]! - mean)
      deviationError += Math.abs(deviations![row]! / Math.sqrt(variance) - 1)
    })
    expect(meanError / rows).toBeLessThan(0.01)
    expect(deviationError / rows).toBeLessThan(0.05)
    expect(rows).toBeGreaterThan(500)
  })
})
