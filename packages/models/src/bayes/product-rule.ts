import { gaussHermite } from './gauss-hermite.js'

/** Points and weights that integrate against a standard normal density of several dimensions; the weights sum to 1. */
export interface ProductRule {
  /** Row-major [points, dimensions]. */
  readonly points: Float64Array
  readonly weights: Float64Array
}

/** Gauss-Hermite quadrature in every dimension: side ** dimensions points. */
export function productRule(dimensions: number, side: number): ProductRule {
  const line = gaussHermite(side)
  const count = side ** dimensions
  const points = new Float64Array(count * dimensions)
  const weights = new Float64Array(count).fill(1)
  for (let point = 0; point < count; point++) {
    for (let j = 0, rest = point; j < dimensions; j++, rest = Math.floor(rest / side)) {
      points[point * dimensions + j] = line.nodes[rest % side]!
      weights[point]! *= line.weights[rest % side]!
    }
  }
  return { points, weights }
}
