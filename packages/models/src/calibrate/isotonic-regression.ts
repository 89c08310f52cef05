import { LobError } from '@rxlob/core'

/**
 * The non-decreasing sequence nearest to the given one in weighted squares, by pooling adjacent violators.
 *
 * Cost: O(values).
 *
 * @param weights Above 0. Default all 1.
 * @throws {LobError} LOB_BAD_OPTION where there are not as many weights as values.
 * @see Robertson, Wright and Dykstra (1988), Order Restricted Statistical Inference, section 1.2
 */
export function isotonicRegression(values: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
  if (weights !== undefined && weights.length !== values.length) throw new LobError('LOB_BAD_OPTION', `isotonicRegression: expected ${values.length} weights, got ${weights.length}.`)
  const means = new Float64Array(values.length)
  const masses = new Float64Array(values.length)
  const ends = new Uint32Array(values.length)
  let blocks = 0
  for (let at = 0; at < values.length; at++) {
    let [mean, mass] = [values[at]!, weights?.[at] ?? 1]
    while (blocks > 0 && means[blocks - 1]! >= mean) {
      blocks--
      const total = masses[blocks]! + mass
      mean = (masses[blocks]! * means[blocks]! + mass * mean) / total
      mass = total
    }
    means[blocks] = mean
    masses[blocks] = mass
    ends[blocks] = at + 1
    blocks++
  }
  const fitted = new Float64Array(values.length)
  for (let block = 0, from = 0; block < blocks; from = ends[block++]!) fitted.fill(means[block]!, from, ends[block])
  return fitted
}
