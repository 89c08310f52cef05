/**
 * Solves A X = B in place by Gaussian elimination with partial pivoting: `right` becomes X. False where A is singular.
 * `matrix` is [size, size] and `right` [size, width], row-major; both are overwritten. Cost: O(size^2 (size + width)).
 *
 * @see Golub and Van Loan (2013), Matrix Computations, section 3.4
 */
export function solveLinear(matrix: Float64Array, right: Float64Array, size: number): boolean {
  const width = right.length / size
  const scale = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row * size + column]!) > Math.abs(matrix[pivot * size + column]!)) pivot = row
    }
    const head = matrix[pivot * size + column]!
    if (!(Math.abs(head) > scale * size * Number.EPSILON)) return false
    swapRows(matrix, size, pivot, column)
    swapRows(right, width, pivot, column)
    for (let row = 0; row < size; row++) {
      const factor = row === column ? 0 : matrix[row * size + column]! / head
      if (factor === 0) continue
      for (let at = column; at < size; at++) matrix[row * size + at]! -= factor * matrix[column * size + at]!
      for (let at = 0; at < width; at++) right[row * width + at]! -= factor * right[column * width + at]!
    }
  }
  for (let row = 0; row < size; row++) for (let at = 0; at < width; at++) right[row * width + at]! /= matrix[row * size + row]!
  return true
}

function swapRows(values: Float64Array, width: number, a: number, b: number): void {
  for (let at = 0; a !== b && at < width; at++) {
    const held = values[a * width + at]!
    values[a * width + at] = values[b * width + at]!
    values[b * width + at] = held
  }
}
