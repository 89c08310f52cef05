/** Eigenvalues from the largest down, with their vectors. */
export interface SymmetricEigen {
  readonly values: Float64Array
  /** Row-major: row i is the unit vector of `values[i]`. */
  readonly vectors: Float64Array
}

/** Jacobi converges quadratically: six to ten sweeps serve any matrix of a size that is met here. */
const maxSweeps = 100

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, row-major [size, size].
 *
 * Cyclic Jacobi rotations: slower than a tridiagonal solver, and accurate to the last digits even for tiny eigenvalues.
 * Cost: O(size^3) a sweep. The argument is not changed.
 *
 * @see Golub and Van Loan (2013), Matrix Computations, 4th edition, section 8.5
 */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const a = matrix.slice()
  const vectors = new Float64Array(size * size)
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let rotated = false
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotated = rotate(a, vectors, size, p, q) || rotated
    }
    if (!rotated) break
  }
  return sorted(a, vectors, size)
}

/** Turns the plane of axes p and q until a[p][q] is 0; false where it is 0 beside the diagonal already. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): boolean {
  const pp = a[p * size + p]!
  const qq = a[q * size + q]!
  const pq = a[p * size + q]!
  if (Math.abs(pq) <= Number.EPSILON * 2 ** -4 * Math.sqrt(Math.abs(pp) * Math.abs(qq))) {
    a[p * size + q] = a[q * size + p] = 0
    return false
  }
  const ratio = (qq - pp) / (2 * pq)
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio))
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = tangent * cosine
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, cosine, sine)
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, cosine, sine)
  for (let k = 0; k < size; k++) turn(vectors, p * size + k, q * size + k, cosine, sine)
  a[p * size + q] = a[q * size + p] = 0
  return true
}

function turn(values: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const first = values[i]!
  const second = values[j]!
  values[i] = cosine * first - sine * second
  values[j] = sine * first + cosine * second
}

function sorted(a: Float64Array, vectors: Float64Array, size: number): SymmetricEigen {
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]!)
  const out = new Float64Array(size * size)
  order.forEach((from, to) => out.set(vectors.subarray(from * size, (from + 1) * size), to * size))
  return { values: Float64Array.from(order, (i) => a[i * size + i]!), vectors: out }
}
