import { choleskyInverse, gaussianCrps, intervalCoverage } from '@rxlob/evaluation'
import { seededRandom, studentQuantile, type OutputSpec } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { nigRegression, streamingPosterior, studentInterval, studentLogDensity, studentPit } from '../../src/bayes/index.js'
import { normals, rawInput, scaledInput, windowOf } from './random-rows.js'

const output: OutputSpec = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }
const input = scaledInput(1)
/** A13 of the reference: intercept and one column. */
const rows = [[0.5, 0.6], [-1, -0.9], [2, 2.1], [0, 0.1]] as const
const prior = { priorVariance: 10, priorShape: 2, priorScale: 1 }

interface State {
  mean: number[]
  shape: number
  scale: number
}

describe('nigRegression', () => {
  it('A13: forecasts with forgetting 0.95, and where they lead', () => {
    const learner = nigRegression({ input, output, ...prior, forgetting: 0.95 })
    const golden = [
      [3.8, 0, 2.6606291302, -1.994490423],
      [4.56, 0.2230483271, 2.9093485677, -2.1306643061],
      [5.282, 1.9203663641, 1.4292978584, -1.3325595835],
      [5.9679, 0.1063310415, 0.637706058, -0.5108191115],
    ]
    rows.forEach(([x, y], row) => {
      const forecast = learner.forecast(windowOf([x]))!
      const { degreesOfFreedom, location, scale } = forecast
      ;[degreesOfFreedom, location, scale, studentLogDensity(forecast, y)].forEach((value, k) => expect(value).toBeCloseTo(golden[row]![k]!, 9))
      const [mean, deviation] = learner.predict(windowOf([x]))
      expect(mean).toBe(Math.fround(location))
      expect(deviation).toBeCloseTo(scale * Math.sqrt(degreesOfFreedom / (degreesOfFreedom - 2)), 5)
      learner.learn(windowOf([x]), y)
    })
    const { mean, shape, scale } = learner.save() as State
    expect(mean[0]).toBeCloseTo(0.104460379, 9)
    expect(mean[1]).toBeCloseTo(0.9824316146, 9)
    expect(shape).toBeCloseTo(3.48395, 12)
    expect(scale).toBeCloseTo(0.8549415027, 9)
  })

  it('A13: without forgetting it is the batch posterior, in any order, and a weight is so many rows', () => {
    for (const order of [rows, [...rows].reverse()]) {
      const learner = nigRegression({ input, output, ...prior, forgetting: 1 })
      for (const [x, y] of order) learner.learn(windowOf([x]), y)
      const { mean, shape, scale } = learner.save() as State
      expect(mean[0]).toBeCloseTo(0.1049022098, 9)
      expect(mean[1]).toBeCloseTo(0.9799339599, 9)
      expect(shape).toBe(4)
      expect(scale).toBeCloseTo(1.049521209, 9)
    }
    const [twice, once] = [nigRegression({ input, output, forgetting: 1 }), nigRegression({ input, output, forgetting: 1 })]
    twice.learn(windowOf([0.5]), 2, 2)
    for (let time = 0; time < 2; time++) once.learn(windowOf([0.5]), 2)
    const [a, b] = [twice.save() as State, once.save() as State]
    ;[...a.mean, a.shape, a.scale].forEach((value, k) => expect(value).toBeCloseTo([...b.mean, b.shape, b.scale][k]!, 12))
  })

  it('is streaming variational Bayes of its natural parameters, in batches of any size', () => {
    // P (2 x 2), P m, a, and 2 b + m'P m: every row adds to them.
    const natural = streamingPosterior<readonly (readonly [number, number])[]>({
      prior: [0.1, 0, 0, 0.1, 0, 0, 2, 2],
      fit: (xi, batch) => batch.reduce((sum, [x, y]) => [1, x, x, x * x, y, x * y, 0.5, y * y].map((value, k) => value + sum[k]!), [...xi]),
    })
    natural.absorb(rows.slice(0, 3))
    natural.absorb(rows.slice(3))
    const [p11, p12, , p22, h1, h2, a, c] = natural.parameters as unknown as [number, number, number, number, number, number, number, number]
    const covariance = Float64Array.of(p11, p12, p12, p22)
    choleskyInverse(covariance, 2)
    const mean = [covariance[0]! * h1 + covariance[1]! * h2, covariance[2]! * h1 + covariance[3]! * h2]
    const learner = nigRegression({ input, output, ...prior, forgetting: 1 })
    for (const [x, y] of rows) learner.learn(windowOf([x]), y)
    const state = learner.save() as State
    mean.forEach((value, k) => expect(value).toBeCloseTo(state.mean[k]!, 12))
    expect(a).toBe(state.shape)
    expect((c - mean[0]! * h1 - mean[1]! * h2) / 2).toBeCloseTo(state.scale, 12)
  })

  it('says how sure it is: intervals cover, PIT is uniform, the CRPS is that of the truth', () => {
    const random = seededRandom(3)
    const normal = normals(random)
    const learner = nigRegression({ input: scaledInput(2), output, forgetting: 0.9995 })
    const [low, high, outcomes, pits] = [[] as number[], [] as number[], [] as number[], [] as number[]]
    let [crps, best] = [0, 0]
    for (let row = 0; row < 6000; row++) {
      const x = [normal(), normal()]
      const truth = 1 + 2 * x[0]! - x[1]!
      const y = truth + 0.7 * normal()
      if (row >= 1000) {
        const forecast = learner.forecast(windowOf(x))!
        const interval = studentInterval(forecast, 0.9)
        low.push(interval.low)
        high.push(interval.high)
        outcomes.push(y)
        pits.push(studentPit(forecast, y))
        const [mean, deviation] = learner.predict(windowOf(x))
        crps += gaussianCrps(y, { mean: mean!, deviation: deviation! }) / 5000
        best += gaussianCrps(y, { mean: truth, deviation: 0.7 }) / 5000
      }
      learner.learn(windowOf(x), y)
    }
    // Four standard errors of a share of 5,000 rows: 0.017.
    expect(Math.abs(intervalCoverage(outcomes, low, high) - 0.9)).toBeLessThan(0.017)
    pits.sort((a, b) => a - b)
    expect(Math.max(...pits.map((pit, k) => Math.abs(pit - (k + 0.5) / 5000)))).toBeLessThan(1.63 / Math.sqrt(5000))
    expect(crps - best).toBeLessThan(0.005)
    expect(crps).toBeGreaterThan(best - 0.002)
  })

  it('follows slopes that move, the faster the shorter its memory', () => {
    const errorOf = (forgetting: number): number => {
      const random = seededRandom(8)
      const normal = normals(random)
      const learner = nigRegression({ input, output, forgetting })
      let error = 0
      for (let row = 0; row < 4000; row++) {
        const x = normal()
        const y = (row < 3000 ? 1 : -1) * x + 0.1 * normal()
        if (row >= 3100) error += (learner.predict(windowOf([x]))[0]! - y) ** 2 / 900
        learner.learn(windowOf([x]), y)
      }
      return error
    }
    expect(errorOf(0.98)).toBeLessThan(0.02)
    expect(errorOf(1)).toBeGreaterThan(0.5)
  })

  it('stays well where a column is silent for long', () => {
    const random = seededRandom(5)
    const learner = nigRegression({ input: scaledInput(2), output, forgetting: 0.9 })
    for (let row = 0; row < 20_000; row++) {
      const x = random() - 0.5
      learner.learn(windowOf([x, 0]), x)
    }
    const { covariance } = learner.save() as { covariance: number[] }
    expect(covariance[5]).toBeLessThan(1.2e6)
    expect(covariance[5]).toBeGreaterThan(1e5)
    expect(learner.predict(windowOf([0.3, 0]))[0]).toBeCloseTo(0.3, 3)
    learner.learn(windowOf([0.1, 1]), 5)
    expect(learner.predict(windowOf([0, 1]))[0]).toBeGreaterThan(3)
  })

  it('without a scaler says mean and deviation until it has warmed up', () => {
    const learner = nigRegression({ input: rawInput(1), output, warmUpRows: 4 })
    expect([...learner.predict(windowOf([1e6]))]).toEqual([0, NaN])
    for (const y of [1, 2, 3]) learner.learn(windowOf([1e6 + y]), y)
    expect([...learner.predict(windowOf([1e6]))]).toEqual([2, 1])
    expect(learner.forecast(windowOf([1e6]))).toBeUndefined()
    learner.learn(windowOf([1e6 + 4]), 4)
    expect(learner.forecast(windowOf([1e6 + 4]))!.location).toBeGreaterThan(2.5)
  })

  it('refuses what it cannot be', () => {
    const code = (wanted: string) => expect.objectContaining({ code: wanted })
    expect(() => nigRegression({ input, output: { kind: 'classes', classes: ['a', 'b'], horizon: { rows: 1 } } })).toThrow(code('LOB_BAD_OPTION'))
    for (const option of ['priorVariance', 'priorShape', 'priorScale', 'forgetting']) expect(() => nigRegression({ input, output, [option]: 0 })).toThrow(code('LOB_BAD_OPTION'))
    const learner = nigRegression({ input, output })
    expect(() => learner.learn(windowOf([1]), NaN)).toThrow(code('LOB_MODEL'))
    expect(() => learner.forecast(windowOf([1, 2]))).toThrow(code('LOB_COLUMN_MISMATCH'))
  })
})

describe('studentInterval', () => {
  it('is the table\'s, moved and scaled', () => {
    const { low, high } = studentInterval({ degreesOfFreedom: 10, location: 3, scale: 2 }, 0.95)
    expect(high).toBeCloseTo(3 + 2 * 2.2281388519649385, 10)
    expect(low).toBeCloseTo(3 - 2 * 2.2281388519649385, 10)
    expect(studentPit({ degreesOfFreedom: 10, location: 3, scale: 2 }, high)).toBeCloseTo(0.975, 12)
    expect(studentPit({ degreesOfFreedom: 10, location: 3, scale: 2 }, low)).toBeCloseTo(0.025, 12)
    expect(studentQuantile(0.5, 3)).toBe(0)
  })
})
