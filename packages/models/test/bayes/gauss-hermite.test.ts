import { describe, expect, it } from 'vitest'
import { gaussHermite } from '../../src/bayes/gauss-hermite.js'
import { bayesGolden } from '../golden/golden.js'

describe('gaussHermite', () => {
  it.each(bayesGolden.hermite)('$count nodes equal numpy', ({ count, nodes, weights }) => {
    const rule = gaussHermite(count)
    expect(rule.nodes).toHaveLength(count)
    rule.nodes.forEach((node, n) => expect(node).toBeCloseTo(nodes[n]!, 12))
    rule.weights.forEach((weight, n) => expect(weight).toBeCloseTo(weights[n]!, 13))
  })

  it('has the moments of the standard normal', () => {
    const { nodes, weights } = gaussHermite(9)
    const moment = (power: number): number => nodes.reduce((sum, node, n) => sum + weights[n]! * node ** power, 0)
    ;[1, 0, 1, 0, 3, 0, 15, 0, 105].forEach((expected, power) => expect(moment(power)).toBeCloseTo(expected, 9))
  })
})
