import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { symmetricEigen } from '../../src/numeric/symmetric-eigen.js'
import { expectClose } from '../run-feature.js'

describe('symmetricEigen', () => {
  it('equals vector A3', () => {
    const rows = [[4, 6, 5], [-2, -1, -3], [1, 3, 2], [0, -2, -1], [-3, -4, -2], [2, 1, 3]]
    const means = [0, 1, 2].map((i) => rows.reduce((sum, row) => sum + row[i]!, 0) / 6)
    const covariance = Float64Array.from({ length: 9 }, (_, at) => {
      const [i, j] = [Math.floor(at / 3), at % 3]
      return rows.reduce((sum, row) => sum + (row[i]! - means[i]!) * (row[j]! - means[j]!), 0) / 5
    })
    const { values, vectors } = symmetricEigen(covariance, 3)
    expectClose([...values], [27.7804189463, 1.5035714581, 0.3493429289])
    const sign = Math.sign(vectors[0]!)
    expectClose([...vectors.subarray(0, 3)].map((x) => x * sign), [0.4755114232, 0.6646508093, 0.5763056378])
  })

  it('solves a matrix of known eigenvalues', () => {
    // The second difference of n points: 2 - 2 cos(k pi / (n + 1)).
    const n = 10
    const matrix = Float64Array.from({ length: n * n }, (_, at) => [2, -1][Math.abs(Math.floor(at / n) - (at % n))] ?? 0)
    const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)))
    expectClose([...symmetricEigen(matrix, n).values], expected, 1e-14)
  })

  it('gives orthonormal vectors that the matrix only stretches, largest first', () => {
    const size = fc.integer({ min: 1, max: 12 })
    const matrices = size.chain((size) => fc.tuple(fc.constant(size), fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: size * size, maxLength: size * size })))
    fc.assert(
      fc.property(matrices, ([size, entries]) => {
        const matrix = Float64Array.from(entries, (_, at) => {
          const [i, j] = [Math.floor(at / size), at % size]
          return entries[Math.min(i, j) * size + Math.max(i, j)]!
        })
        const kept = matrix.slice()
        const { values, vectors } = symmetricEigen(matrix, size)
        expect(matrix).toEqual(kept)
        const scale = Math.max(1, ...matrix.map(Math.abs)) * size
        for (let k = 0; k < size; k++) {
          expect(values[k]!).toBeLessThanOrEqual(values[k - 1] ?? Infinity)
          const vector = vectors.subarray(k * size, (k + 1) * size)
          for (let i = 0; i < size; i++) {
            const image = vector.reduce((sum, x, j) => sum + matrix[i * size + j]! * x, 0)
            expect(Math.abs(image - values[k]! * vector[i]!)).toBeLessThan(1e-13 * scale)
            const other = vectors.subarray(i * size, (i + 1) * size)
            expect(Math.abs(other.reduce((sum, x, j) => sum + x * vector[j]!, 0) - (i === k ? 1 : 0))).toBeLessThan(1e-13)
          }
        }
      }),
    )
  })

  it('takes zeros, multiples of the identity and a matrix of rank 1', () => {
    expect([...symmetricEigen(new Float64Array(4), 2).values]).toEqual([0, 0])
    expect([...symmetricEigen(Float64Array.of(3, 0, 0, 3), 2).values]).toEqual([3, 3])
    expectClose([...symmetricEigen(new Float64Array(9).fill(1), 3).values], [3, 0, 0], 1e-15)
  })
})
