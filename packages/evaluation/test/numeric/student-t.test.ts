import { studentTwoSided } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { metricsGolden } from '../golden/golden.js'

describe('studentTwoSided', () => {
  it.each(metricsGolden.studentTwoSided)('|t| = %d with %d degrees equals scipy', (t, degrees, p) => {
    expect(Math.abs(studentTwoSided(t, degrees) - p)).toBeLessThan(1e-12)
    expect(Math.abs(studentTwoSided(t, degrees) - p)).toBeLessThan(1e-10 * p + 1e-300)
  })

  it('has its limits', () => {
    expect(studentTwoSided(Infinity, 3)).toBe(0)
    expect(studentTwoSided(NaN, 3)).toBeNaN()
    expect(studentTwoSided(1, 0)).toBeNaN()
  })
})
