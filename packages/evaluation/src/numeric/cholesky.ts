/**
 * Lower Cholesky factor of a symmetric positive definite matrix, in place: `matrix` is row-major
 * [size, size], its lower triangle is read and overwritten, its upper triangle is left alone.
 *
 * Returns false, with `matrix` half written, where a pivot is not positive: the matrix is not
 * positive definite in double precision. Cost: size^3 / 3.
 */
export function choleskyFactor(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const at = row * size
    for (let column = 0; column <= row; column++) {
      const other = column * size
      let sum = matrix[at + column]!
      for (let k = 0; k < column; k++) sum -= matrix[at + k]! * matrix[other + k]!
      if (row > column) matrix[at + column] = sum / matrix[other + column]!
      else if (sum > 0) matrix[at + row] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves L L' x = b in place, with the factor of `choleskyFactor`. Cost: size^2. */
export function choleskySolve(factor: Float64Array, size: number, b: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = b[row]!
    for (let k = 0; k < row; k++) sum -= factor[row * size + k]! * b[k]!
    b[row] = sum / factor[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = b[row]!
    for (let k = row + 1; k < size; k++) sum -= factor[k * size + row]! * b[k]!
    b[row] = sum / factor[row * size + row]!
  }
}

/**
 * Inverse of a symmetric positive definite matrix, in place and exactly symmetric. Reads the lower triangle.
 * Returns false, with `matrix` half written, where it is not positive definite. Cost: size^3.
 */
export function choleskyInverse(matrix: Float64Array, size: number): boolean {
  if (!choleskyFactor(matrix, size)) return false
  // L^-1 in the lower triangle, row by row: row r needs only the rows above, already inverted, and its own factor entries.
  for (let row = 0; row < size; row++) {
    const at = row * size
    const pivot = 1 / matrix[at + row]!
    for (let column = 0; column < row; column++) {
      let sum = 0
      for (let k = column; k < row; k++) sum += matrix[at + k]! * matrix[k * size + column]!
      matrix[at + column] = -sum * pivot
    }
    matrix[at + row] = pivot
  }
  // (L L')^-1 = L^-T L^-1: entry (r, c) sums the products of columns r and c of L^-1 from row max(r, c) down.
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = 0
      for (let k = row; k < size; k++) sum += matrix[k * size + row]! * matrix[k * size + column]!
      matrix[row * size + column] = sum
    }
  }
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) matrix[row * size + column] = matrix[column * size + row]!
  }
  return true
}
