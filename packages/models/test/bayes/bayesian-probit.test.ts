import { negativeLogLikelihood } from '@rxlob/evaluation'
import { describe, expect, it } from 'vitest'
import { bayesianProbit, probitUpdate, type ProbitWeights } from '../../src/bayes/index.js'
import { fiveRows } from '../golden/golden.js'
import { classesOutput, logisticRows, scaledInput, windowOf } from './random-rows.js'

describe('bayesianProbit', () => {
  it('A14, as a learner', () => {
    const learner = bayesianProbit({ input: scaledInput(1), output: classesOutput(2), priorVariance: 4, forgetting: 1 })
    fiveRows.targets.forEach((target, row) => learner.learn(windowOf([fiveRows.inputs[2 * row + 1]!]), target))
    expect(learner.predict(windowOf([1]))[1]).toBeCloseTo(0.8439378817, 7)
    const { gaussians } = learner.save() as { gaussians: { mean: number[] }[] }
    ;[0.4110463508, 1.4715620084].forEach((value, k) => expect(gaussians[0]!.mean[k]).toBeCloseTo(value, 9))
  })

  it.each([2, 3])('learns planted relations of %d classes nearly as well as the truth', (classes) => {
    const planted = [[0.3, -1, 0.4], [0.5, 0, -0.3], [-0.2, 1, 0.2]].slice(0, classes)
    const learner = bayesianProbit({ input: scaledInput(2), output: classesOutput(classes), forgetting: 1 })
    const rows = logisticRows(planted, 6000, 1)
    const late = rows.slice(3000)
    for (const { window, target } of rows.slice(0, 3000)) learner.learn(window, target)
    const stated = late.flatMap(({ window, target }) => {
      const p = [...learner.predict(window)]
      learner.learn(window, target)
      return p
    })
    const outcomes = late.map(({ target }) => target)
    const excess = negativeLogLikelihood(outcomes, stated) - negativeLogLikelihood(outcomes, late.flatMap((row) => row.truth))
    // Probits are not the logits that made the rows; one against the rest is not their joint either.
    expect(excess).toBeLessThan(classes === 2 ? 0.003 : 0.02)
    expect(excess).toBeGreaterThan(-0.003)
  })

  it('comes back to its prior in a column that is silent, and follows a flip', () => {
    const learner = bayesianProbit({ input: scaledInput(2), output: classesOutput(2), forgetting: 0.99 })
    for (const { window, target } of logisticRows([[0, 1, 0], [0, -1, 0]], 4000, 4)) learner.learn(windowOf([window.data[0]!, 0]), target)
    const { gaussians } = learner.save() as { gaussians: { covariance: number[] }[] }
    expect(gaussians[0]!.covariance[5]).toBeCloseTo(1, 6)
    expect(learner.predict(windowOf([2, 0]))[0]).toBeGreaterThan(0.9)
    for (const { window, target } of logisticRows([[0, -1, 0], [0, 1, 0]], 400, 5)) learner.learn(windowOf([window.data[0]!, 0]), target)
    expect(learner.predict(windowOf([2, 0]))[0]).toBeLessThan(0.1)
  })
})

describe('probitUpdate with a weight', () => {
  it('is nothing at 0, the row at 1, and near two rows at 2', () => {
    const fresh = (): ProbitWeights => ({ mean: Float64Array.of(0.2, -0.1), covariance: Float64Array.of(1, 0.3, 0.3, 2) })
    const x = [1, 0.5]
    const none = fresh()
    probitUpdate(none, x, true, 0)
    expect(none).toEqual(fresh())
    const [twice, two] = [fresh(), fresh()]
    probitUpdate(twice, x, true, 2)
    probitUpdate(two, x, true)
    probitUpdate(two, x, true)
    twice.mean.forEach((value, k) => expect(Math.abs(value - two.mean[k]!)).toBeLessThan(0.06))
    const huge = fresh()
    probitUpdate(huge, x, false, 1e12)
    expect(huge.covariance[0]).toBeGreaterThan(0)
    expect(huge.mean.every((value) => Number.isFinite(value))).toBe(true)
  })
})
