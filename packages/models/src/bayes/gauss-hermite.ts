/** Nodes and weights that integrate against the standard normal density; the weights sum to 1. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/**
 * Gauss-Hermite quadrature with `count` nodes, exact for polynomials up to degree 2 * count - 1.
 *
 * Roots of the orthonormal Hermite polynomials He_n, found by bisection between sign changes; weights 1 / (n h_(n-1)(x)^2).
 *
 * @see Abramowitz and Stegun (1964), 25.4.46 with x scaled by sqrt(2)
 */
export function gaussHermite(count: number): Quadrature {
  const nodes: number[] = []
  const reach = 2 * Math.sqrt(count) + 1
  // Neighbouring roots lie more than pi / (2 sqrt(count)) apart. An odd number of steps keeps the root at 0 off the grid.
  const steps = 8 * count + 9
  const at = (step: number): number => (reach * (2 * step - steps)) / steps
  for (let step = 0; step < steps; step++) {
    let [low, high] = [at(step), at(step + 1)]
    const sign = Math.sign(hermite(count, low))
    if (sign * hermite(count, high) > 0) continue
    for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
      if (sign * hermite(count, middle) > 0) low = middle
      else high = middle
    }
    nodes.push(high)
  }
  const weights = nodes.map((x) => 1 / (count * hermite(count - 1, x) ** 2))
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) }
}

/** Orthonormal under the standard normal density: h_n = (x h_(n-1) - sqrt(n - 1) h_(n-2)) / sqrt(n). */
function hermite(degree: number, x: number): number {
  let before = 0
  let value = 1
  for (let n = 1; n <= degree; n++) [before, value] = [value, (x * value - Math.sqrt(n - 1) * before) / Math.sqrt(n)]
  return value
}
