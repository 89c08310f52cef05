import type { OutputSpec, Predictor } from '@rxlob/core'
import { testPredictor } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { bayesianLogistic } from '../../src/bayes/index.js'
import { weightedAverage } from '../../src/ensemble/index.js'
import { classesOutput, scaledInput, windowOf } from '../bayes/random-rows.js'

const input = scaledInput(1)
const output = classesOutput(2)
const constant = (name: string, values: readonly number[], of: OutputSpec = output, late = false): Predictor => ({
  contract: 1, name, input, output: of, predict: () => (late ? Promise.resolve(Float32Array.from(values)) : Float32Array.from(values)),
})

describe('weightedAverage', () => {
  it('averages by weight, at once or after the last promise', async () => {
    const members = [constant('a', [0.8, 0.2]), constant('b', [0.4, 0.6])]
    const even = weightedAverage({ members }).predict(windowOf([0])) as Float32Array
    expect(even[0]).toBeCloseTo(0.6, 6)
    const late = weightedAverage({ members: [members[0]!, constant('b', [0.4, 0.6], output, true)], weights: [3, 1] }).predict(windowOf([0]))
    expect(late).toBeInstanceOf(Promise)
    expect((await late)[0]).toBeCloseTo(0.7, 6)
  })

  it('of values gives the mixture, and ignores a member of weight 0', () => {
    const value: OutputSpec = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }
    const members = [constant('a', [-1, 1], value), constant('b', [3, 1], value), constant('c', [NaN, NaN], value)]
    expect([...(weightedAverage({ members, weights: [1, 1, 0] }).predict(windowOf([0])) as Float32Array)]).toEqual([1, Math.fround(Math.sqrt(5))])
  })

  it('refuses weights that are none', () => {
    const members = [constant('a', [0.8, 0.2]), constant('b', [0.4, 0.6])]
    for (const weights of [[1], [1, -1], [0, 0], [NaN, 1], [Infinity, 1]]) {
      expect(() => weightedAverage({ members, weights })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    }
  })

  const wide = { input: scaledInput(3, 2), output: classesOutput(3) }
  for (const { name, run } of testPredictor(() => weightedAverage({ members: [bayesianLogistic(wide), bayesianLogistic({ ...wide, name: 'other', priorVariance: 3 })] }))) it(`${name}`, run)
})
