import { describe, expect, it } from 'vitest'
import { fillInput, scalingOf } from '../../src/bayes/input-scaling.js'

describe('scalingOf', () => {
  it('is the mean and the population deviation, 1 for a constant column', () => {
    const { mean, scale } = scalingOf([Float32Array.of(1, 7), Float32Array.of(3, 7)], 2)
    expect([...mean]).toEqual([2, 7])
    expect([...scale]).toEqual([1, 1])
    expect(scalingOf([Float32Array.of(0), Float32Array.of(8)], 1).scale[0]).toBe(4)
  })

  it('keeps its digits far from 0', () => {
    const rows = Array.from({ length: 1000 }, (_, row) => Float32Array.of(8_000_000 + (row % 2)))
    expect(scalingOf(rows, 1).mean[0]).toBeCloseTo(8_000_000.5, 6)
    expect(scalingOf(rows, 1).scale[0]).toBeCloseTo(0.5, 9)
  })
})

describe('fillInput', () => {
  it('puts the intercept first, scales by column and cuts', () => {
    const input = new Float64Array(5)
    fillInput('model', input, Float32Array.of(4, 1, -400, 2), { mean: Float64Array.of(2, 1), scale: Float64Array.of(2, 4) }, 3)
    expect([...input]).toEqual([1, 1, 0, -3, 0.25])
  })

  it('refuses what is not finite', () => {
    expect(() => fillInput('model', new Float64Array(3), Float32Array.of(1, NaN), undefined, 5)).toThrow('number 1 of the window is NaN')
  })
})
