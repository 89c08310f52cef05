import { describe, expect, it } from 'vitest'
import { logisticPosterior } from '../../src/bayes/logistic-posterior.js'
import { bayesGolden } from '../golden/golden.js'

/** The posterior after all rows of a golden case, in time order, forgetting after each. */
function posteriorOf({ inputs, targets, columns, classes, priorVariance, forgetting }: (typeof bayesGolden.posteriors)[number]) {
  const posterior = logisticPosterior(columns, classes, priorVariance)
  targets.forEach((target, row) => {
    if (forgetting < 1) posterior.forget(forgetting)
    posterior.absorb(Float64Array.from(inputs.slice(row * columns, (row + 1) * columns)), target, 1)
  })
  return posterior
}

describe('logisticPosterior', () => {
  it.each(bayesGolden.posteriors)('stays close to the batch posterior: $classes classes, forgetting $forgetting', (golden) => {
    // With forgetting: the batch posterior of rows weighted by forgetting ** age, under the whole prior.
    const { mean, covariance } = posteriorOf(golden)
    const size = mean.length
    const deviation = (k: number): number => Math.sqrt(golden.covariance[k * (size + 1)]!)
    const misses = Array.from(mean, (value, k) => Math.abs(value - golden.mean[k]!) / deviation(k))
    expect(Math.max(...misses)).toBeLessThan(0.6)
    expect(Math.hypot(...misses) / Math.sqrt(size)).toBeLessThan(0.35)
    covariance.forEach((value, at) => {
      const scale = deviation(Math.floor(at / size)) * deviation(at % size)
      expect(Math.abs(value - golden.covariance[at]!) / scale).toBeLessThan(0.2)
    })
  })

  it.each(bayesGolden.moments)('has the exact moments after one row: mu $mu, target $target, weight $weight', ({ mu, s, target, weight, scale, ...golden }) => {
    // Two weights per class, of which an input of (1, 0) shows the first: its odds are N(mu, s).
    const posterior = logisticPosterior(2, 3, 1)
    posterior.mean.set([mu[0]!, 7, mu[1]!, -7])
    const silent = [s[0]! / 2, s[1]! / 2, s[3]! / 2, 100]
    posterior.covariance.set([
      s[0]!, silent[0]!, s[1]!, silent[1]!,
      silent[0]!, 100, silent[1]!, 0,
      s[1]!, silent[1]!, s[3]!, silent[2]!,
      silent[1]!, 0, silent[2]!, 100,
    ])
    posterior.absorb(Float64Array.of(1, 0), target, weight)
    const largest = Math.max(s[0]!, s[3]!)
    const close = (got: number, want: number): void => expect(Math.abs(got - want)).toBeLessThan(scale > 1 ? 0.06 * largest : 0.005 * Math.sqrt(largest))
    const { mean, covariance } = posterior
    ;[mean[0]!, mean[2]!].forEach((value, k) => close(value, golden.mean[k]!))
    ;[covariance[0]!, covariance[2]!, covariance[8]!, covariance[10]!].forEach((value, k) => close(value, golden.covariance[k]!))
    // The other weights follow by regression on the odds: their covariance with them is half the odds' own, so the slope is 1/2.
    close(mean[1]!, 7 + (mean[0]! - mu[0]!) / 2)
    close(covariance[1]!, covariance[0]! / 2)
  })

  it('treats all classes alike, to quadrature precision: renumbering them renumbers the posterior', () => {
    const golden = bayesGolden.posteriors[1]!
    const turned = posteriorOf({ ...golden, targets: golden.targets.map((target) => (target + 1) % 3) })
    const straight = posteriorOf(golden)
    const { columns } = golden
    for (let j = 0; j < columns; j++) {
      const [one, two] = [straight.mean[j]!, straight.mean[columns + j]!]
      // Old class 2 is the new class 0: odds of old 0 against it are -two, of old 1 one - two.
      expect(turned.mean[j]).toBeCloseTo(-two, 3)
      expect(turned.mean[columns + j]).toBeCloseTo(one - two, 3)
    }
  })

  it('forgets everything at 0 and nothing at 1', () => {
    const posterior = posteriorOf(bayesGolden.posteriors[1]!)
    const before = [...posterior.covariance]
    posterior.forget(1)
    posterior.covariance.forEach((value, at) => expect(value).toBeCloseTo(before[at]!, 10))
    posterior.forget(0)
    posterior.mean.forEach((value) => expect(value).toBeCloseTo(0, 12))
    const prior = logisticPosterior(4, 3, 1).covariance
    posterior.covariance.forEach((value, at) => expect(value).toBeCloseTo(prior[at]!, 12))
  })

  it('keeps the covariance exactly symmetric', () => {
    const { covariance, mean } = posteriorOf(bayesGolden.posteriors[2]!)
    const size = mean.length
    covariance.forEach((value, at) => expect(value).toBe(covariance[(at % size) * size + Math.floor(at / size)]))
  })

  it('refuses a covariance that is none', () => {
    const posterior = logisticPosterior(1, 2, 1)
    posterior.covariance[0] = -1
    expect(() => posterior.absorb(Float64Array.of(1), 0, 1)).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(() => posterior.forget(0.5)).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
  })
})
