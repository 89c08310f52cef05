import { describe, expect, it } from 'vitest'
import { microPriceLimit } from '../../src/numeric/micro-price-limit.js'
import { expectClose } from '../run-feature.js'

describe('microPriceLimit', () => {
  it('equals vector A4', () => {
    const limit = microPriceLimit(Float64Array.of(0.5, 0.2, 0.2, 0.5), Float64Array.of(-0.1, 0.1), Float64Array.of(0.2, 0.1, 0.1, 0.2))!
    expectClose([...limit], [-1 / 6, 1 / 6], 1e-14)
  })

  it('equals the sum of the series, term by term', () => {
    // Antisymmetric under the exchange of the outer states.
    const still = Float64Array.of(0.3, 0.2, 0.1, 0.15, 0.3, 0.15, 0.1, 0.2, 0.3)
    const moving = Float64Array.of(0.2, 0.1, 0.1, 0.2, 0, 0.2, 0.1, 0.1, 0.2)
    const move = [-0.2, 0, 0.2]
    const apply = (matrix: Float64Array, vector: readonly number[]) => vector.map((_, row) => vector.reduce((sum, value, column) => sum + matrix[row * 3 + column]! * value, 0))
    /** (I - Q)^-1 v as the sum of its powers. */
    const settle = (vector: readonly number[]) => {
      let [term, total] = [vector, vector]
      for (let i = 0; i < 500; i++) [term, total] = [apply(still, term), total.map((value, row) => value + apply(still, term)[row]!)]
      return total
    }
    let term = settle(move)
    let total = term
    for (let i = 0; i < 200; i++) {
      term = settle(apply(moving, term))
      total = total.map((value, row) => value + term[row]!)
    }
    expectClose([...microPriceLimit(still, Float64Array.from(move), moving)!], total, 1e-12)
  })

  it('is undefined where a state never sees the mid move', () => {
    expect(microPriceLimit(Float64Array.of(1, 0, 0.2, 0.5), Float64Array.of(0, 0.1), Float64Array.of(0, 0, 0.1, 0.2))).toBeUndefined()
  })

  it('is undefined where groups of states never meet', () => {
    expect(microPriceLimit(new Float64Array(4), Float64Array.of(0.5, -0.5), Float64Array.of(1, 0, 0, 1))).toBeUndefined()
  })
})
