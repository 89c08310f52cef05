import { seededRandom } from '@rxlob/core'
import { normals } from '../bayes/random-rows.js'

/** Made-up rows: a score with an interaction and a step, three classes by its size. Every tenth input is missing where `gaps` is set. */
export function madeRows(rows: number, { seed = 1, columns = 5, gaps = false, noise = 0.3 } = {}) {
  const random = seededRandom(seed)
  const normal = normals(random)
  const inputs = new Float32Array(rows * columns)
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) inputs[row * columns + column] = normal()
    const [a, b, c] = inputs.subarray(row * columns)
    values[row] = a! * b! + (c! > 0.3 ? 0.7 : 0) + noise * normal()
    if (gaps) for (let column = 0; column < columns; column++) if (random() < 0.1) inputs[row * columns + column] = NaN
  }
  const three = values.map((value) => (value < -0.4 ? 0 : value > 0.6 ? 2 : 1))
  const two = values.map((value) => (value > 0 ? 1 : 0))
  return { inputs, columns, values, three, two }
}
