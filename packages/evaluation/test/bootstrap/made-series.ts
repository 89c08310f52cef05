import { seededRandom } from '@rxlob/core'

/** Stationary AR(1) with unit innovations. */
export function autoregression(rows: number, coefficient: number, seed: number): Float64Array {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let value = normal() / Math.sqrt(1 - coefficient ** 2)
  return Float64Array.from({ length: rows }, () => (value = coefficient * value + normal()))
}
