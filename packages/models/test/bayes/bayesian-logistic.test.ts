import { calibrationError, negativeLogLikelihood } from '@rxlob/evaluation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bayesianLogistic } from '../../src/bayes/index.js'
import { classesOutput, logisticRows, rawInput, scaledInput, windowOf } from './random-rows.js'

const planted = [
  [0.3, -1, 0.4, 0],
  [0.5, 0, -0.3, 0],
  [-0.2, 1, 0.2, 0],
]

describe('bayesianLogistic', () => {
  it('starts with no opinion', () => {
    for (const classes of [2, 3, 5]) {
      const learner = bayesianLogistic({ input: scaledInput(3), output: classesOutput(classes) })
      for (const p of learner.predict(windowOf([1, -2, 3]))) expect(Math.abs(p - 1 / classes)).toBeLessThan(0.02)
    }
  })

  it('learns a planted relation to within a hair of the true probabilities', () => {
    const learner = bayesianLogistic({ input: scaledInput(3), output: classesOutput(3), forgetting: 1 })
    const rows = logisticRows(planted, 8000, 1)
    const late = rows.slice(4000)
    for (const { window, target } of rows.slice(0, 4000)) learner.learn(window, target)
    const stated = late.flatMap(({ window, target }) => {
      const p = [...learner.predict(window)]
      learner.learn(window, target)
      return p
    })
    const outcomes = late.map(({ target }) => target)
    const truth = late.flatMap((row) => row.truth)
    const excess = negativeLogLikelihood(outcomes, stated) - negativeLogLikelihood(outcomes, truth)
    // Eight free weights cost about 8 / (2 n) nats a row at n rows: 0.0007 on average from 4000 to 8000.
    expect(excess).toBeLessThan(0.002)
    expect(negativeLogLikelihood(outcomes, truth)).toBeLessThan(1.02)
    const up = stated.filter((_, at) => at % 3 === 2)
    expect(calibrationError(up, outcomes.map((outcome) => Number(outcome === 2)), { bins: 10, equal: 'mass' })).toBeLessThan(0.025)
  })

  it('is calibrated from the first rows on, averaged over worlds drawn from its prior', () => {
    const stated: number[] = []
    const came: number[] = []
    for (let world = 0; world < 300; world++) {
      // Weights N(0, 1) from a fixed stream; 25 rows each.
      const source = logisticRows([[0, 0]], 15, 1000 + world).map(({ window }) => window.data[0]!)
      const weights = [0, 1, 2].map((k) => source.slice(5 * k, 5 * k + 4))
      const learner = bayesianLogistic({ input: scaledInput(3), output: classesOutput(3), forgetting: 1, clipDeviations: 100 })
      for (const { window, target } of logisticRows(weights, 25, 5000 + world)) {
        learner.predict(window).forEach((p, k) => {
          stated.push(p)
          came.push(Number(k === target))
        })
        learner.learn(window, target)
      }
    }
    expect(calibrationError(stated, came, { bins: 10 })).toBeLessThan(0.015)
  })

  it('follows a change of regime faster the faster it forgets', () => {
    const before = logisticRows([[0, 2], [0, -2]], 3000, 2)
    const after = logisticRows([[0, -2], [0, 2]], 1500, 3)
    const loss = (forgetting: number): number => {
      const learner = bayesianLogistic({ input: scaledInput(1), output: classesOutput(2), forgetting })
      for (const { window, target } of before) learner.learn(window, target)
      const stated = after.flatMap(({ window, target }) => {
        const p = [...learner.predict(window)]
        learner.learn(window, target)
        return p
      })
      return negativeLogLikelihood(after.map(({ target }) => target), stated)
    }
    const truth = negativeLogLikelihood(after.map(({ target }) => target), after.flatMap((row) => row.truth))
    expect(loss(0.99)).toBeLessThan(loss(0.998))
    expect(loss(0.998)).toBeLessThan(loss(1) - 0.3)
    expect(loss(0.99) - truth).toBeLessThan(0.15)
  })

  it('keeps its prior in a column that says nothing for long, and believes it again at once', () => {
    const learner = bayesianLogistic({ input: scaledInput(2), output: classesOutput(2), forgetting: 0.99 })
    const rows = logisticRows([[0, 1, 0], [0, -1, 0]], 6000, 4)
    for (const { window, target } of rows) learner.learn(windowOf([window.data[0]!, 0]), target)
    const { covariance } = learner.save() as { covariance: number[] }
    // Lower triangle of three weights: entry 5 is the variance of the silent column, 2 under the prior.
    expect(covariance[5]).toBeCloseTo(2, 6)
    expect(covariance[2]).toBeLessThan(0.5)
    expect(learner.predict(windowOf([0, 4]))[0]).toBeCloseTo(0.5, 1)
  })

  it('stays finite whatever it is fed', () => {
    const row = fc.tuple(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 }), fc.integer({ min: 0, max: 2 }), fc.double({ min: 0, max: 1000, noNaN: true }))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.constantFrom(1, 0.999, 0.9, 0.5), fc.boolean(), (rows, forgetting, scaled) => {
        const learner = bayesianLogistic({ input: scaled ? scaledInput(3) : rawInput(3), output: classesOutput(3), forgetting, warmUpRows: 10 })
        for (const [data, target, weight] of rows) {
          learner.learn(windowOf(data), target, weight)
          const p = learner.predict(windowOf(data))
          expect(p.every((value) => value >= 0 && value <= 1)).toBe(true)
          expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
        }
      }),
    )
  })

  it('survives a long run of the same row, and of two columns that are one', () => {
    const learner = bayesianLogistic({ input: scaledInput(3), output: classesOutput(3), forgetting: 0.999 })
    for (const { window, target } of logisticRows(planted, 20_000, 5)) learner.learn(windowOf([window.data[0]!, window.data[0]!, 5]), target)
    const [down, , up] = learner.predict(windowOf([2, 2, 5]))
    // W.x at (2, ., .) in the planted model: odds of up against down e^(2 * 2 - 0.5); the other columns only add noise.
    expect(Math.log(up! / down!)).toBeGreaterThan(2.5)
    expect(Math.log(up! / down!)).toBeLessThan(4.5)
  })

  describe('without a scaler', () => {
    it('says the class shares until it has warmed up, then uses all that it saw', () => {
      const learner = bayesianLogistic({ input: rawInput(1), output: classesOutput(2), warmUpRows: 50, forgetting: 1 })
      const rows = logisticRows([[0, -1], [0, 1]], 50, 6).map(({ window, target }) => ({ window: windowOf([5_800_000 + 40 * window.data[0]!]), target }))
      for (const { window, target } of rows.slice(0, 49)) learner.learn(window, target)
      const ups = rows.slice(0, 49).filter(({ target }) => target === 1).length
      expect(learner.predict(windowOf([5_800_100]))[1]).toBeCloseTo((ups + 1) / 51, 6)
      learner.learn(rows[49]!.window, rows[49]!.target)
      expect(learner.predict(windowOf([5_800_060]))[1]).toBeGreaterThan(0.7)
      expect(learner.predict(windowOf([5_799_940]))[1]).toBeLessThan(0.3)
    })

    it('gives the bits of one whose scaler came from the same rows', () => {
      const rows = logisticRows(planted, 400, 7).map(({ window, target }) => ({ data: window.data.map((value, j) => value * 2 ** j + 3), target }))
      const warm = rows.slice(0, 64)
      const mean = [0, 1, 2].map((j) => warm.reduce((sum, { data }) => sum + data[j]! / 64, 0))
      const scale = [0, 1, 2].map((j) => Math.sqrt(warm.reduce((sum, { data }) => sum + (data[j]! - mean[j]!) ** 2 / 64, 0)))
      const own = bayesianLogistic({ input: rawInput(3), output: classesOutput(3), warmUpRows: 64 })
      const given = bayesianLogistic({ input: scaledInput(3), output: classesOutput(3) })
      for (const { data, target } of rows) {
        own.learn(windowOf(data), target)
        // Core scales in double precision and casts to a float; the learner does not cast.
        given.learn(windowOf(data.map((value, j) => (value - mean[j]!) / scale[j]!)), target)
      }
      const at = rows[5]!.data
      own.predict(windowOf(at)).forEach((p, k) => expect(given.predict(windowOf(at.map((value, j) => (value - mean[j]!) / scale[j]!)))[k]).toBeCloseTo(p, 5))
    })

    it('scales every row of a window by its column', () => {
      const learner = bayesianLogistic({ input: rawInput(2, 3), output: classesOutput(2), warmUpRows: 2 })
      learner.learn(windowOf([0, 0, 0, 0, 1, 10], 3), 0)
      learner.learn(windowOf([0, 0, 0, 0, 3, 10], 3), 1)
      expect((learner.save() as { scaling: unknown }).scaling).toEqual({ mean: [2, 10], scale: [1, 1] })
    })
  })

  it('cuts wild values', () => {
    const learner = bayesianLogistic({ input: scaledInput(1), output: classesOutput(2), clipDeviations: 2 })
    for (const { window, target } of logisticRows([[0, -1], [0, 1]], 200, 8)) learner.learn(window, target)
    expect(learner.predict(windowOf([1e30]))).toEqual(learner.predict(windowOf([2])))
    expect(learner.predict(windowOf([-1e30]))).toEqual(learner.predict(windowOf([-2])))
    expect(learner.predict(windowOf([1]))).not.toEqual(learner.predict(windowOf([2])))
  })

  it('takes a weight as so many rows', () => {
    const twice = bayesianLogistic({ input: scaledInput(1), output: classesOutput(3), forgetting: 1 })
    const none = bayesianLogistic({ input: scaledInput(1), output: classesOutput(3), forgetting: 1 })
    twice.learn(windowOf([1]), 2, 2)
    none.learn(windowOf([1]), 2, 1)
    const once = none.predict(windowOf([1]))[2]!
    none.learn(windowOf([1]), 2, 0)
    expect(none.predict(windowOf([1]))[2]).toBe(once)
    none.learn(windowOf([1]), 2, 1)
    // Two filtering steps and one of double weight differ a little.
    expect(Math.abs(twice.predict(windowOf([1]))[2]! - none.predict(windowOf([1]))[2]!)).toBeLessThan(0.02)
    expect(twice.predict(windowOf([1]))[2]).toBeGreaterThan(once)
  })

  it('refuses what it cannot be', () => {
    const of = (options: object) => () => bayesianLogistic({ input: scaledInput(2), output: classesOutput(3), ...options })
    const bad = (message: string) => expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) })
    expect(of({ forgetting: 0 })).toThrow(bad('forgetting'))
    expect(of({ forgetting: 1.01 })).toThrow(bad('forgetting'))
    expect(of({ priorVariance: 0 })).toThrow(bad('priorVariance'))
    expect(of({ warmUpRows: 1 })).toThrow(bad('warmUpRows'))
    expect(of({ clipDeviations: 0 })).toThrow(bad('clipDeviations'))
    expect(of({ output: { kind: 'value', unit: 'ticks', horizon: { rows: 1 } } })).toThrow(bad('classes'))
    expect(of({ output: classesOutput(1) })).toThrow(bad('classes'))
    expect(of({ input: scaledInput(40, 100) })).toThrow(bad('8002 weights'))
  })

  it('refuses windows, targets and weights that are none', () => {
    const learner = bayesianLogistic({ input: scaledInput(2), output: classesOutput(3) })
    expect(() => learner.predict(windowOf([1]))).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH', message: expect.stringContaining('1 rows and 2 columns, got 1 and 1') }))
    expect(() => learner.predict(windowOf([1, NaN]))).toThrow(expect.objectContaining({ code: 'LOB_MODEL', message: expect.stringContaining('number 1 of the window is NaN') }))
    expect(() => learner.learn(windowOf([Infinity, 1]), 0)).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(() => learner.learn(windowOf([1, 1]), 3)).toThrow(expect.objectContaining({ code: 'LOB_MODEL', message: expect.stringContaining('a class from 0 to 2, got 3') }))
    expect(() => learner.learn(windowOf([1, 1]), 0, -1)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    const warming = bayesianLogistic({ input: rawInput(2), output: classesOutput(3) })
    expect(() => warming.learn(windowOf([NaN, 1]), 0)).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(warming.save()).toEqual(bayesianLogistic({ input: rawInput(2), output: classesOutput(3) }).save())
  })
})
