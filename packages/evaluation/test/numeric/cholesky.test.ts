import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskyFactor, choleskyInverse, choleskySolve } from '../../src/index.js'

/** A A' + I, row-major. */
const positiveDefinite = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: size * size, maxLength: size * size }).map((a) => {
    const matrix = Float64Array.from({ length: size * size }, (_, at) => {
      const [row, column] = [Math.floor(at / size), at % size]
      let sum = row === column ? 1 : 0
      for (let k = 0; k < size; k++) sum += a[row * size + k]! * a[column * size + k]!
      return sum
    })
    return { matrix, size }
  }),
)

const times = (matrix: Float64Array, size: number, vector: Float64Array): Float64Array =>
  Float64Array.from({ length: size }, (_, row) => vector.reduce((sum, x, column) => sum + matrix[row * size + column]! * x, 0))

describe('cholesky', () => {
  it('solves', () => {
    fc.assert(
      fc.property(positiveDefinite, ({ matrix, size }) => {
        const x = Float64Array.from({ length: size }, (_, k) => k - 1.5)
        const b = times(matrix, size, x)
        const factor = matrix.slice()
        expect(choleskyFactor(factor, size)).toBe(true)
        choleskySolve(factor, size, b)
        b.forEach((value, k) => expect(value).toBeCloseTo(x[k]!, 8))
      }),
    )
  })

  it('inverts, exactly symmetric, from the lower triangle alone', () => {
    fc.assert(
      fc.property(positiveDefinite, ({ matrix, size }) => {
        const inverse = matrix.map((value, at) => (at % size > Math.floor(at / size) ? NaN : value))
        expect(choleskyInverse(inverse, size)).toBe(true)
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < size; column++) {
            expect(inverse[row * size + column]).toBe(inverse[column * size + row])
            const unit = times(matrix, size, inverse.slice(column * size, (column + 1) * size))[row]!
            expect(unit).toBeCloseTo(row === column ? 1 : 0, 8)
          }
        }
      }),
    )
  })

  it('says where a matrix is not positive definite', () => {
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBe(false)
    expect(choleskyInverse(Float64Array.of(0), 1)).toBe(false)
    expect(choleskyInverse(Float64Array.of(NaN), 1)).toBe(false)
  })
})
