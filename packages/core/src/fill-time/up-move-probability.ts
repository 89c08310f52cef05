import { integerOption } from '../option-range.js'

/**
 * Probability that the ask queue empties before the bid queue, so that the price moves up: both lose and gain orders of one size at the same rates (balanced flow).
 *
 *   phi(n, p) = (1 / pi) integral over [0, pi] of (2 - cos t - sqrt((2 - cos t)^2 - 1))^p sin(n t) cos(t / 2) / sin(t / 2) dt
 *
 * `bidOrders` n and `askOrders` p, 1 or more, in mean orders. It is a probability of first passage: that of the last order in the bid queue not to be left behind
 * by the price. (2 / pi) arctan(n / p) comes near it. Cost: O(n + p) evaluations.
 *
 * @throws {LobError} LOB_BAD_OPTION where a queue is not an integer of 1 or more.
 * @see Cont and de Larrard (2013), SIAM J. Financial Mathematics 4(1), proposition 3
 */
export function upMoveProbability(bidOrders: number, askOrders: number): number {
  const n = integerOption('bidOrders', bidOrders, 1)
  const p = integerOption('askOrders', askOrders, 1)
  const integrand = (t: number): number => {
    // 2 - cos t = 1 + x: the root of the difference of squares without cancellation.
    const x = 2 * Math.sin(t / 2) ** 2
    const base = 1 + x - Math.sqrt(x * (x + 2))
    return base ** p * Math.sin(n * t) * (Math.cos(t / 2) / Math.sin(t / 2))
  }
  const cells = 64 + 4 * (n + p)
  let sum = 0
  for (let cell = 0; cell < cells; cell++) {
    const middle = ((cell + 0.5) * Math.PI) / cells
    for (let node = 0; node < nodes.length; node++) sum += weights[node]! * integrand(middle + (nodes[node]! * Math.PI) / (2 * cells))
  }
  return sum / (2 * cells)
}

/** Gauss-Legendre, five points on [-1, 1]. */
const inner = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3
const outer = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3
const nodes = [-outer, -inner, 0, inner, outer]
const innerWeight = (322 + 13 * Math.sqrt(70)) / 900
const outerWeight = (322 - 13 * Math.sqrt(70)) / 900
const weights = [outerWeight, innerWeight, 128 / 225, innerWeight, outerWeight]
