/** A symmetric matrix without its upper half, row by row: half the numbers to save. */
export function lowerTriangle(matrix: Float64Array, size: number): number[] {
  const triangle: number[] = []
  for (let row = 0; row < size; row++) for (let column = 0; column <= row; column++) triangle.push(matrix[row * size + column]!)
  return triangle
}

/** The whole matrix again. */
export function fromTriangle(triangle: readonly number[], size: number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column <= row; column++, at++) matrix[row * size + column] = matrix[column * size + row] = triangle[at]!
  }
  return matrix
}
