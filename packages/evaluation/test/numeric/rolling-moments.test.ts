import { describe, expect, it } from 'vitest'
import { rollingMoments } from '../../src/numeric/rolling-moments.js'
import { normalSource } from '../made-frame.js'

describe('rollingMoments', () => {
  it('is the naive mean and deviation of the last values, far from 0 too', () => {
    const normal = normalSource(6)
    const values = Array.from({ length: 500 }, () => 1e6 + normal())
    const moments = rollingMoments(37)
    values.forEach((value, at) => {
      moments.push(value)
      const last = values.slice(Math.max(0, at - 36), at + 1)
      const mean = last.reduce((sum, each) => sum + each, 0) / last.length
      expect(moments.count).toBe(last.length)
      expect(moments.mean()).toBeCloseTo(mean, 8)
      if (last.length > 1) expect(moments.deviation()).toBeCloseTo(Math.sqrt(last.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (last.length - 1)), 6)
      expect(moments.rootMeanSquare() / Math.sqrt(last.reduce((sum, each) => sum + each * each, 0) / last.length)).toBeCloseTo(1, 12)
    })
    expect(rollingMoments(3).mean()).toBeNaN()
  })
})
