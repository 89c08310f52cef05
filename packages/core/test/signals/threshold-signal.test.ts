import { thresholdSignal, type OutputSpec, type Prediction } from '@rxlob/core'
import { describe, expect, it } from 'vitest'

const classes: OutputSpec = { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 1 } }

const predictionOf = (values: readonly number[], output: OutputSpec = classes): Prediction => ({ kind: 'prediction', instrument: 'test:ABC', row: 3, tsLocal: 17, output, values: Float32Array.from(values) })

describe('thresholdSignal', () => {
  it.each([
    [[0.1, 0.2, 0.7], 1, 0.7],
    [[0.65, 0.25, 0.1], -1, 0.65],
    [[0.1, 0.8, 0.1], 0, 0],
    [[0.59, 0.01, 0.4], 0, 0],
    [[NaN, 0.1, 0.9], 0, 0],
    [[NaN, NaN, NaN], 0, 0],
  ])('of %o is %d', (values, direction, strength) => {
    const signal = thresholdSignal()(predictionOf(values))
    expect(signal).toMatchObject({ instrument: 'test:ABC', tsLocal: 17, direction })
    expect(signal.strength).toBeCloseTo(strength, 6)
  })

  it('acts at the threshold itself, and takes no side where it is torn', () => {
    const rule = thresholdSignal({ minProbability: 0.5 })
    expect(rule(predictionOf([0.5, 0.25, 0.25])).direction).toBe(-1)
    expect(rule(predictionOf([0.25, 0.25, 0.5])).direction).toBe(1)
    expect(rule(predictionOf([0.5, 0.5]))).toMatchObject({ direction: 0, strength: 0 })
  })

  it('has no view of a forecast without probabilities', () => {
    expect(thresholdSignal()(predictionOf([5, 1], { kind: 'value', unit: 'ticks', horizon: { rows: 1 } })).direction).toBe(0)
  })

  it.each([0.4, 1.1, NaN])('refuses a threshold of %d', (minProbability) => {
    expect(() => thresholdSignal({ minProbability })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
