import { readFileSync } from 'node:fs'
import { calibrationError, negativeLogLikelihood, topLabel } from '@rxlob/evaluation'
import { testLearner, testPredictor } from '@rxlob/testkit'
import type { Predictor } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bayesianLogistic } from '../../src/bayes/index.js'
import { calibrated, calibrateProbabilities, fitIsotonic, fitPlatt, fitSigmoid, fitTemperature, isotonicRegression, type Calibration } from '../../src/calibrate/index.js'
import { classesOutput, logisticRows, scaledInput, windowOf } from '../bayes/random-rows.js'

/** Numbers made by golden/reference/calibrate.py. */
const golden = JSON.parse(readFileSync(new URL('../golden/calibrate.json', import.meta.url), 'utf8')) as {
  cases: {
    classes: number
    probabilities: number[]
    outcomes: number[]
    at: number[]
    temperature: number
    temperatureLoss: number
    tempered: number[]
    sigmoids: [number, number][]
    platt: number[]
    isotonic: number[]
  }[]
}
const period = { from: 0, to: 1000 }
const near = (got: ArrayLike<number>, want: readonly number[], tolerance: number): void =>
  want.forEach((value, at) => expect(Math.abs(got[at]! - value)).toBeLessThan(tolerance))

/** A17 of the reference. */
const outcomes = [0, 1, 2, 2, 1, 0, 2, 1]
const probabilities = [0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.2, 0.2, 0.6, 0.3, 0.4, 0.3, 0.25, 0.5, 0.25, 0.5, 0.3, 0.2, 0.1, 0.1, 0.8, 0.4, 0.35, 0.25]

describe('fitTemperature', () => {
  it('A18: on ln p of A17', () => {
    const calibration = fitTemperature({ probabilities, outcomes, classes: 3, ...period })
    expect(calibration.temperature).toBeCloseTo(0.2468983899, 6)
    expect(negativeLogLikelihood(outcomes, calibrateProbabilities(calibration, probabilities))).toBeCloseTo(0.3854290956, 6)
    expect(calibration).toMatchObject({ kind: 'temperature', rows: 8, classes: 3, from: 0, to: 1000 })
  })

  it.each(golden.cases)('equals scipy on $classes classes', ({ classes, probabilities: p, outcomes: y, at, temperature, temperatureLoss, tempered }) => {
    const calibration = fitTemperature({ probabilities: p, outcomes: y, classes, ...period })
    // The reference minimises a loss, flat to 1e-16 over 1e-8 of its argument.
    expect(Math.abs(calibration.temperature / temperature - 1)).toBeLessThan(1e-5)
    expect(negativeLogLikelihood(y, calibrateProbabilities(calibration, p))).toBeLessThan(temperatureLoss + 1e-6)
    near(calibrateProbabilities(calibration, at), tempered, 1e-5)
  })

  it('never changes the call, and stays in bounds where every call is right or worthless', () => {
    const { probabilities: p, outcomes: y } = golden.cases[2]!
    const calibration = fitTemperature({ probabilities: p, outcomes: y, classes: 3, ...period })
    const after = topLabel(y, calibrateProbabilities(calibration, p)).calls
    topLabel(y, p).calls.forEach((call, row) => {
      // Ties may fall either way.
      if (new Set(p.slice(3 * row, 3 * row + 3)).size === 3) expect(after[row]).toBe(call)
    })
    expect(fitTemperature({ probabilities: [0.6, 0.4, 0.3, 0.7], outcomes: [0, 1], classes: 2, ...period }).temperature).toBeCloseTo(0.001, 9)
    expect(fitTemperature({ probabilities: [0.6, 0.4, 0.4, 0.6], outcomes: [1, 0], classes: 2, ...period }).temperature).toBeCloseTo(1000, 3)
  })
})

describe('fitSigmoid', () => {
  it('A18: six scores', () => {
    const { slope, intercept } = fitSigmoid([-2, -1, -0.5, 0.3, 1, 2.2], [0, 0, 1, 0, 1, 1])
    expect(slope).toBeCloseTo(-0.6523776465, 6)
    expect(intercept).toBeCloseTo(-0.0086807655, 6)
  })

  it('is finite where scores separate the classes, are one, or have one class', () => {
    for (const [scores, ups] of [[[-1, -2, 1, 2], [0, 0, 1, 1]], [[1, 1, 1], [1, 0, 1]], [[1, 2, 3], [1, 1, 1]], [[-700, 700], [1, 0]]] as const) {
      const { slope, intercept } = fitSigmoid(scores, ups)
      expect(Number.isFinite(slope) && Number.isFinite(intercept)).toBe(true)
    }
    expect(() => fitSigmoid([1, NaN], [0, 1])).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(() => fitSigmoid([], [])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('fitPlatt', () => {
  it.each(golden.cases)('equals scikit-learn on $classes classes', ({ classes, probabilities: p, outcomes: y, at, sigmoids, platt }) => {
    const calibration = fitPlatt({ probabilities: p, outcomes: y, classes, ...period })
    // Its minimiser stops at a gradient of 1e-6 or so of the sum.
    calibration.curves.forEach(({ slope, intercept }, k) => near([slope, intercept], sigmoids[k]!, 2e-3))
    near(calibrateProbabilities(calibration, at), platt, 5e-4)
  })
})

describe('isotonicRegression', () => {
  it('A18: pools adjacent violators', () => {
    expect([...isotonicRegression([0, 0, 1, 0, 1, 1])]).toEqual([0, 0, 0.5, 0.5, 1, 1])
    expect([...isotonicRegression([0, 1, 0, 0, 1, 1])].map((value) => Number(value.toFixed(12)))).toEqual([0, ...[1, 1, 1].map(() => 0.333333333333), 1, 1])
  })

  it('rises, keeps the weighted mean, and no rising sequence is nearer', () => {
    const values = fc.array(fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true })), { minLength: 1, maxLength: 12 })
    const sorted = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 12, maxLength: 12 }).map((list) => list.sort((a, b) => a - b))
    fc.assert(
      fc.property(values, sorted, (pairs, rival) => {
        const y = pairs.map(([value]) => value)
        const w = pairs.map(([, weight]) => weight)
        const fitted = isotonicRegression(Object.freeze(y), Object.freeze(w))
        fitted.forEach((value, at) => expect(at === 0 || value >= fitted[at - 1]!).toBe(true))
        const sum = (of: (at: number) => number): number => y.reduce((all, _, at) => all + w[at]! * of(at), 0)
        expect(sum((at) => fitted[at]!)).toBeCloseTo(sum((at) => y[at]!), 8)
        expect(sum((at) => (fitted[at]! - y[at]!) ** 2)).toBeLessThanOrEqual(sum((at) => (rival[at]! - y[at]!) ** 2) + 1e-9)
      }),
    )
    expect(() => isotonicRegression([1, 2], [1])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('fitIsotonic', () => {
  it.each(golden.cases)('equals scikit-learn on $classes classes', ({ classes, probabilities: p, outcomes: y, at, isotonic }) => {
    near(calibrateProbabilities(fitIsotonic({ probabilities: p, outcomes: y, classes, ...period }), at), isotonic, 1e-6)
  })
})

describe('every calibration', () => {
  const fits = [fitTemperature, fitPlatt, fitIsotonic]
  it.each(fits)('%o makes forecasts that were too sure honest on later rows', (fit) => {
    // True probabilities, stated with their log odds doubled.
    const rows = logisticRows([[0, -1, 0.4], [0, 1, -0.4]], 12_000, 21)
    const stated = rows.flatMap(({ truth }) => {
      const [down, up] = truth.map((p) => p ** 2)
      return [down! / (down! + up!), up! / (down! + up!)]
    })
    const targets = rows.map(({ target }) => target)
    const calibration = fit({ probabilities: stated.slice(0, 12_000), outcomes: targets.slice(0, 6000), classes: 2, ...period })
    const [before, after] = [stated.slice(12_000), [...calibrateProbabilities(calibration, stated.slice(12_000))]]
    const later = targets.slice(6000)
    const error = (p: readonly number[]): number => calibrationError(p.filter((_, at) => at % 2 === 1), later, { bins: 15 })
    expect(error(before)).toBeGreaterThan(0.05)
    expect(error(after)).toBeLessThan(0.025)
    expect(negativeLogLikelihood(later, after)).toBeLessThan(negativeLogLikelihood(later, before) - 0.01)
  })

  it.each(fits)('%o refuses data that do not fit together', (fit) => {
    const good = { probabilities: [0.2, 0.8], outcomes: [1], classes: 2, ...period }
    for (const bad of [{ outcomes: [] }, { outcomes: [2] }, { outcomes: [0.5] }, { probabilities: [0.2] }, { probabilities: [NaN, 1] }, { probabilities: [-0.1, 1.1] }, { classes: 1 }, { from: 2000 }, { to: NaN }]) {
      expect(() => fit({ ...good, ...bad })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    }
  })

  it('survives JSON, and a row that every curve calls impossible becomes even', () => {
    const { probabilities: p, outcomes: y, at } = golden.cases[2]!
    for (const fit of fits) {
      const calibration = fit({ probabilities: p, outcomes: y, classes: 3, ...period })
      const again = JSON.parse(JSON.stringify(calibration)) as Calibration
      expect(calibrateProbabilities(again, at)).toEqual(calibrateProbabilities(calibration, at))
    }
    const none = { x: [0, 1], y: [0, 0] }
    const even = calibrateProbabilities({ kind: 'isotonic', curves: [none, none, none], classes: 3, rows: 1, ...period }, [0.2, 0.3, 0.5])
    expect([...even]).toEqual([1 / 3, 1 / 3, 1 / 3].map(Math.fround))
    expect(() => calibrateProbabilities({ kind: 'temperature', temperature: 1, classes: 3, rows: 1, ...period }, [0.5, 0.5])).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
  })
})

const temperature: Calibration = { kind: 'temperature', temperature: 2, classes: 3, rows: 1, ...period }
const hand = { input: scaledInput(3), output: classesOutput(3) }

describe('calibrated, a learner', () => {
  for (const { name, run } of testLearner(() => calibrated(bayesianLogistic(hand), temperature))) it(`${name}`, run)
})

describe('calibrated, a predictor with batches and promises', () => {
  const inner = (): Predictor => ({
    contract: 1, name: 'inner', ...hand,
    predict: ({ data, shape }) => {
      if (shape[0] !== 1 || shape[1] !== 3) throw Object.assign(new Error('shape'), { code: 'LOB_COLUMN_MISMATCH' })
      return Promise.resolve(softened(data[0]!))
    },
    predictMany: ({ data, shape }) => Promise.resolve(Float32Array.from({ length: shape[0] * 3 }, (_, at) => softened(data[Math.floor(at / 3) * 3]!)[at % 3]!)),
  })
  const softened = (x: number): Float32Array => {
    const up = 0.6 / (1 + Math.exp(-x))
    return Float32Array.of(0.8 - up, 0.2, up)
  }
  it('answers the calibrated probabilities', async () => {
    const predictor = calibrated(inner(), temperature)
    const said = softened(1)
    expect(await predictor.predict(windowOf([1, 0, 0]))).toEqual(calibrateProbabilities(temperature, said))
    expect(await predictor.predictMany!({ data: Float32Array.of(1, 0, 0, -1, 0, 0), shape: [2, 1, 3] })).toEqual(calibrateProbabilities(temperature, [...said, ...softened(-1)]))
    expect(predictor.name).toBe('inner_temperature')
    expect(() => calibrated({ ...inner(), output: classesOutput(2) }, temperature)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
  for (const { name, run } of testPredictor(() => calibrated(bayesianLogistic(hand) as Predictor, temperature))) it(`${name}`, run)
})
