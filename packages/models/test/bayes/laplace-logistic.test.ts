import { describe, expect, it } from 'vitest'
import { laplaceLogistic } from '../../src/bayes/index.js'
import { bayesGolden, fiveRows } from '../golden/golden.js'

describe('laplaceLogistic', () => {
  it('A14: prior N(0, 4 I) on the log odds of two classes is a variance of 2 per class', () => {
    const { mean, covariance } = laplaceLogistic({ ...fiveRows, columns: 2, classes: 2, priorVariance: 2 })
    ;[0.2870692413, 1.1643474238].forEach((value, k) => expect(mean[k]).toBeCloseTo(value, 9))
    ;[0.8286205649, 0.0992059109, 0.0992059109, 1.2245745592].forEach((value, k) => expect(covariance[k]).toBeCloseTo(value, 9))
  })

  it.each(bayesGolden.posteriors)('equals the over-parametrised posterior: $classes classes, $columns columns, forgetting $forgetting', (golden) => {
    const { mean, covariance } = laplaceLogistic(golden)
    mean.forEach((value, k) => expect(value).toBeCloseTo(golden.mean[k]!, 7))
    covariance.forEach((value, k) => expect(value).toBeCloseTo(golden.covariance[k]!, 8))
  })

  it('is the prior without rows', () => {
    const { mean, covariance } = laplaceLogistic({ inputs: [], targets: [], columns: 1, classes: 3, priorVariance: 0.5 })
    expect([...mean]).toEqual([0, 0])
    ;[1, 0.5, 0.5, 1].forEach((value, k) => expect(covariance[k]).toBeCloseTo(value, 12))
  })

  it('has an optimum where a line separates the classes, unlike maximum likelihood', () => {
    const { mean } = laplaceLogistic({ inputs: [1, -1, 1, 1], targets: [0, 1], columns: 2, classes: 2 })
    expect(mean[0]).toBeCloseTo(0, 9)
    expect(mean[1]).toBeGreaterThan(0.3)
  })

  it('refuses bad input', () => {
    const rows = { inputs: [1, 2], targets: [0, 1], columns: 1, classes: 2 }
    expect(() => laplaceLogistic({ ...rows, priorVariance: 0 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => laplaceLogistic({ ...rows, targets: [0, 2] })).toThrow('expected a class from 0 to 1')
    expect(() => laplaceLogistic({ ...rows, inputs: [1, 2, 3] })).toThrow('expected 2 numbers in inputs')
    expect(() => laplaceLogistic({ ...rows, inputs: [1, NaN] })).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
  })
})
