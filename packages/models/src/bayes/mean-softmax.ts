import { productRule, type ProductRule } from './product-rule.js'

/** Writes K class probabilities, averaged over Gaussian log odds of classes 1 to K - 1 against class 0 (covariance row-major). */
export type MeanSoftmax = (mean: Float64Array, covariance: Float64Array, out: Float64Array) => void

/** Gauss-Hermite nodes a dimension, by dimensions: at most 125 nodes in all. */
const sides = [0, 21, 9, 5, 3]

/**
 * Averages the softmax over Gaussian log odds by quadrature.
 *
 *   out_k = sum_n w_n softmax(mean + C z_n)_k,  covariance = C C'
 *
 * Up to five classes by Gauss-Hermite product rules (21, 9 x 9, 5 x 5 x 5, 3 x 3 x 3 x 3 nodes), beyond by the 2 (K - 1) points of the
 * third-degree cubature rule. All weights are positive, so the results are probabilities. Within 0.01 of the integral for three
 * classes up to a standard deviation of the odds of 1.5. Cost: nodes * K exponentials.
 *
 * @see Arasaratnam and Haykin (2009), IEEE Transactions on Automatic Control 54(6), for the cubature rule
 */
export function meanSoftmax(classes: number): MeanSoftmax {
  const free = classes - 1
  const { points, weights } = free < sides.length ? productRule(free, sides[free]!) : cubatureRule(free)
  const root = new Float64Array(free * free)
  const odds = new Float64Array(classes)
  return (mean, covariance, out) => {
    semidefiniteRoot(covariance, free, root)
    out.fill(0)
    for (let point = 0; point < weights.length; point++) {
      let top = 0
      odds[0] = 0
      for (let k = 0; k < free; k++) {
        let value = mean[k]!
        for (let j = 0; j <= k; j++) value += root[k * free + j]! * points[point * free + j]!
        odds[k + 1] = value
        if (value > top) top = value
      }
      let sum = 0
      for (let k = 0; k < classes; k++) sum += odds[k] = Math.exp(odds[k]! - top)
      const share = weights[point]! / sum
      for (let k = 0; k < classes; k++) out[k]! += share * odds[k]!
    }
  }
}

function cubatureRule(dimensions: number): ProductRule {
  const points = new Float64Array(2 * dimensions * dimensions)
  for (let j = 0; j < dimensions; j++) {
    points[2 * j * dimensions + j] = Math.sqrt(dimensions)
    points[(2 * j + 1) * dimensions + j] = -Math.sqrt(dimensions)
  }
  return { points, weights: new Float64Array(2 * dimensions).fill(1 / (2 * dimensions)) }
}

/** Lower C with C C' = matrix; a direction without variance, or a hair below 0 by rounding, gets a column of 0. */
function semidefiniteRoot(matrix: Float64Array, size: number, root: Float64Array): void {
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = matrix[row * size + column]!
      for (let k = 0; k < column; k++) sum -= root[row * size + k]! * root[column * size + k]!
      if (row === column) root[row * size + row] = Math.sqrt(Math.max(0, sum))
      else root[row * size + column] = root[column * size + column] === 0 ? 0 : sum / root[column * size + column]!
    }
  }
}
