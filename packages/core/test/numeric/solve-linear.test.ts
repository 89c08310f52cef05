import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solveLinear } from '../../src/numeric/solve-linear.js'

describe('solveLinear', () => {
  it('gives back the X that made B, for several right sides at once', () => {
    const entries = (length: number) => fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: length, maxLength: length })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }).chain((size) => fc.tuple(fc.constant(size), entries(size * size), entries(size * 2))), ([size, matrix, x]) => {
        // A dominant diagonal in shuffled rows: well conditioned, and in need of pivoting.
        const a = Float64Array.from(matrix, (value, at) => value + (at % size === (Math.floor(at / size) + 1) % size ? 40 : 0))
        const b = Float64Array.from({ length: size * 2 }, (_, at) => x.reduce((sum, _value, k) => (k < size ? sum + a[Math.floor(at / 2) * size + k]! * x[k * 2 + (at % 2)]! : sum), 0))
        expect(solveLinear(a, b, size)).toBe(true)
        b.forEach((value, at) => expect(value).toBeCloseTo(x[at]!, 9))
      }),
    )
  })

  it('says where a matrix is singular', () => {
    expect(solveLinear(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1), 2)).toBe(false)
    expect(solveLinear(Float64Array.of(0), Float64Array.of(1), 1)).toBe(false)
    expect(solveLinear(Float64Array.of(NaN), Float64Array.of(1), 1)).toBe(false)
  })
})
