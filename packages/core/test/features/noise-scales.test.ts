import { describe, expect, it } from 'vitest'
import { noiseScales, realizedKernelVolatility, seededRandom, twoScaleVolatility } from '../../src/kernel.js'

/** A random walk of logarithms with the given standard deviations of steps and of noise. */
function noisyPrices(n: number, step: number, noise: number, seed: number): number[] {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let log = Math.log(100)
  return Array.from({ length: n + 1 }, () => {
    log += step * normal()
    return Math.exp(log + noise * normal())
  })
}

const a7 = [100, 100.1, 100.05, 100.2, 100.15, 100.1, 100.25, 100.3, 100.2, 100.35, 100.3, 100.4, 100.38]

describe('noiseScales', () => {
  it('has the noise variance of vector A7', () => {
    expect(noiseScales(a7, { sparse: 3 }).noiseVariance / 4.5817076362251384e-7).toBeCloseTo(1, 12)
  })

  it('has the variance of the average grid of vector A7', () => {
    expect(noiseScales(a7, { sparse: 3 }).integratedVariance / 4.345431899548512e-6).toBeCloseTo(1, 12)
  })

  it('is the formula on a case worked by hand', () => {
    // Logarithms 0, 1, 0, 1, 2: RV = 4, so w2 = 1/2; every second: 0, 0, 2 squared, halved: IV = 2. n = 4.
    const scales = noiseScales([0, 1, 0, 1, 2].map(Math.exp), { sparse: 2 })
    expect(scales.noiseVariance).toBeCloseTo(0.5, 12)
    expect(scales.integratedVariance).toBeCloseTo(2, 12)
    // H = 3.5134 / 4^(2/5) 4^(3/5) = 3.5134 * 4^(1/5) = 4.64 and K = (12/16)^(1/3) 4^(2/3) = 2.29.
    expect([scales.bandwidth, scales.scale]).toEqual([3, 2])
  })

  it('asks for more lags the noisier the prices are', () => {
    const of = (noise: number): ReturnType<typeof noiseScales> => noiseScales(noisyPrices(2000, 1e-4, noise, 7), { sparse: 100 })
    const [calm, noisy] = [of(1e-5), of(3e-4)]
    expect(noisy.bandwidth).toBeGreaterThan(2 * calm.bandwidth)
    expect(noisy.scale).toBeGreaterThan(2 * calm.scale)
    expect(noisy.noiseVariance / 9e-8).toBeGreaterThan(0.9)
    expect(noisy.noiseVariance / 9e-8).toBeLessThan(1.2)
    // 3.5134 (w2 / IV)^(2/5) n^(3/5) with the truth's w2 = 9e-8 and IV = 2e-5.
    expect(noisy.bandwidth / (3.5134 * (9e-8 / 2e-5) ** 0.4 * 2000 ** 0.6)).toBeGreaterThan(0.7)
    expect(noisy.bandwidth / (3.5134 * (9e-8 / 2e-5) ** 0.4 * 2000 ** 0.6)).toBeLessThan(1.3)
  })

  it('gives what the estimators take', () => {
    for (const [seed, noise] of [[1, 0], [2, 1e-2], [3, 1e-6]] as const) {
      const prices = noisyPrices(20, 1e-4, noise, seed)
      const { bandwidth, scale } = noiseScales(prices, { sparse: 5 })
      expect(() => [realizedKernelVolatility({ bars: 20, bandwidth, ticks: 1 }), twoScaleVolatility({ bars: 20, scale, ticks: 1 })]).not.toThrow()
    }
  })

  it('refuses prices that have no scale', () => {
    expect(() => noiseScales([1, 2, 0, 3, 4], { sparse: 2 })).toThrow(/above 0, got 0 at 2/)
    expect(() => noiseScales([1, Infinity, 1, 3, 4], { sparse: 2 })).toThrow(/Infinity at 1/)
    expect(() => noiseScales([1, 2, 3], { sparse: 2 })).toThrow(/4 prices or more, got 3/)
    expect(() => noiseScales([1, 1, 1, 1, 1], { sparse: 2 })).toThrow(/prices that move/)
    expect(() => noiseScales(a7, { sparse: 7 })).toThrow(/sparse.*2 to 6/)
    expect(() => noiseScales(a7, { sparse: 1 })).toThrow(/sparse/)
  })
})
