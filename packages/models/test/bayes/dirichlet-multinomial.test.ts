import { describe, expect, it } from 'vitest'
import { dirichletMultinomial, streamingPosterior } from '../../src/bayes/index.js'
import { classesOutput, scaledInput, windowOf } from './random-rows.js'

const sequence = [0, 0, 0, 0, 0, 1, 1, 2, 2, 2]

describe('dirichletMultinomial', () => {
  it('A14: counts 5, 2 and 3 on a prior of 1, and the evidence of the sequence in any order', () => {
    for (const order of [sequence, [...sequence].reverse()]) {
      const learner = dirichletMultinomial({ input: scaledInput(1), output: classesOutput(3), forgetting: 1 })
      let evidence = 0
      for (const target of order) {
        evidence += Math.log(learner.forecast(windowOf([0])).mean[target]!)
        learner.learn(windowOf([0]), target)
      }
      const { mean, variance } = learner.forecast(windowOf([7]))
      ;[0.4615384615, 0.2307692308, 0.3076923077].forEach((value, k) => expect(mean[k]).toBeCloseTo(value, 9))
      expect(evidence).toBeCloseTo(-12.0216689225, 9)
      // alpha = (6, 3, 4), A = 13: a (A - a) / (A^2 (A + 1)).
      ;[42, 30, 36].forEach((value, k) => expect(variance[k]).toBeCloseTo(value / (169 * 14), 12))
    }
  })

  it('is streaming variational Bayes of its counts', () => {
    const natural = streamingPosterior<readonly number[]>({
      prior: [1, 1, 1],
      fit: (alpha, targets) => targets.reduce((sum, target) => sum.with(target, sum[target]! + 1), alpha),
    })
    natural.absorb(sequence.slice(0, 4))
    natural.absorb(sequence.slice(4))
    expect([...natural.parameters]).toEqual([6, 3, 4])
  })

  it('keeps each combination of bins to itself; a value on a bound is above it', () => {
    const learner = dirichletMultinomial({ input: scaledInput(2), output: classesOutput(2), edges: [[0, 1], [5]], forgetting: 1 })
    learner.learn(windowOf([0, 4]), 1)
    learner.learn(windowOf([0.5, 4.9]), 1)
    learner.learn(windowOf([-0.1, 4]), 0)
    expect(learner.predict(windowOf([0.9, -3]))[1]).toBeCloseTo(0.75, 6)
    expect(learner.predict(windowOf([-9, 0]))[1]).toBeCloseTo(1 / 3, 6)
    for (const data of [[1, 4], [0.5, 5], [-1, 5]]) expect(learner.predict(windowOf(data))[1]).toBe(0.5)
  })

  it('reads the newest row of a window', () => {
    const learner = dirichletMultinomial({ input: scaledInput(1, 2), output: classesOutput(2), edges: [[0]] })
    for (let time = 0; time < 9; time++) learner.learn(windowOf([-1, 1], 2), 1)
    expect(learner.predict(windowOf([-1, 1], 2))[1]).toBeGreaterThan(0.9)
    expect(learner.predict(windowOf([1, -1], 2))[1]).toBe(0.5)
  })

  it('forgets counts, never the prior', () => {
    const learner = dirichletMultinomial({ input: scaledInput(1), output: classesOutput(2), forgetting: 0.9 })
    for (let time = 0; time < 500; time++) learner.learn(windowOf([0]), 0)
    // Ten rows are remembered: (1 + 10) / 12.
    expect(learner.predict(windowOf([0]))[0]).toBeCloseTo(11 / 12, 6)
  })

  it('refuses bounds that are none, and states of other bounds', () => {
    const of = (edges: number[][]) => () => dirichletMultinomial({ input: scaledInput(2), output: classesOutput(2), edges })
    for (const edges of [[[0]], [[1, 0], []], [[NaN], []], [Array.from({ length: 999 }, (_, k) => k), Array.from({ length: 999 }, (_, k) => k)]]) {
      expect(of(edges)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    }
    expect(() => of([[0], []])().load(of([[1], []])().save())).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
    expect(() => of([[0], []])().predict(windowOf([NaN, 0]))).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
  })
})
