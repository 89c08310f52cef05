import { describe, expect, it } from 'vitest'
import { fitMicroPrice, seededRandom } from '../../src/kernel.js'
import { expectClose } from '../run-feature.js'

const data = { instrument: 'hand:ABC', from: 1, to: 9 } as const
// The chain of vector A4: two imbalances, one spread, moves of half a tick.
const still = [[0.5, 0.2], [0.2, 0.5]]
const up = [0.05, 0.25]
const next = [[2 / 3, 1 / 3], [1 / 3, 2 / 3]]

function sample(rows: number, seed: number) {
  const random = seededRandom(seed)
  const [mids, imbalances]: [number[], number[]] = [[], []]
  for (let row = 0, mid = 1000, state = 0; row < rows; row++) {
    mids.push(mid)
    imbalances.push(state === 0 ? -0.5 : 0.5)
    const draw = random()
    const stay = still[state]![0]! + still[state]![1]!
    if (draw < stay) state = draw < still[state]![0]! ? 0 : 1
    else {
      mid += draw < stay + up[state]! ? 0.5 : -0.5
      state = random() < next[state]![0]! ? 0 : 1
    }
  }
  return { mids, imbalances, spreads: Array<number>(rows).fill(1) }
}

describe('fitMicroPrice', () => {
  it('recovers the limit of vector A4 from a long sample of its chain', () => {
    const { mids, imbalances, spreads } = sample(200_000, 5)
    const { parameters, rows } = fitMicroPrice(mids, spreads, imbalances, { ...data, imbalances: 2, spreads: 1 })
    expectClose(parameters.adjustments, [-1 / 6, 1 / 6], 0.005)
    expect(parameters.adjustments[0]).toBeCloseTo(-parameters.adjustments[1]!, 12)
    expect(parameters).toMatchObject({ edges: [0], spreads: 1, unvisited: 0 })
    expect(rows).toBe(199_999)
  })

  it('is antisymmetric whatever the sample, and 0 where moves do not depend on the state', () => {
    const random = seededRandom(9)
    let mid = 500
    const mids = Array.from({ length: 60_000 }, () => (mid += (Math.floor(random() * 3) - 1) / 2))
    const imbalances = mids.map(() => 2 * random() - 0.8)
    const spreads = mids.map(() => 1 + Math.floor(random() * 3))
    const { adjustments, edges } = fitMicroPrice(mids, spreads, imbalances, { ...data, imbalances: 4, spreads: 2 }).parameters
    adjustments.forEach((value, state) => expect(value).toBeCloseTo(-adjustments[state + 3 - 2 * (state % 4)]!, 10))
    adjustments.forEach((value) => expect(Math.abs(value)).toBeLessThan(0.03))
    expectClose(edges, [-edges[2]!, 0, edges[2]!], 1e-12)
  })

  it('breaks the chain at a NaN and counts the states that are never left', () => {
    const { mids, imbalances, spreads } = sample(1000, 3)
    imbalances[500] = NaN
    const { parameters, rows } = fitMicroPrice(mids, spreads, imbalances, { ...data, imbalances: 2, spreads: 3 })
    expect(rows).toBe(997)
    expect(parameters.unvisited).toBe(4)
    expect(parameters.adjustments.slice(2)).toEqual([0, 0, 0, 0])
  })

  it('refuses samples that cannot be fitted', () => {
    const flat = { mids: [1, 1, 1, 1], ones: [1, 1, 1, 1], imbalances: [-0.5, 0.5, -0.5, 0.5] }
    expect(() => fitMicroPrice(flat.mids, flat.ones, flat.imbalances, { ...data, imbalances: 2 })).toThrow(/mid moves sooner or later/)
    expect(() => fitMicroPrice([], [], [], data)).toThrow(/0 transitions/)
    expect(() => fitMicroPrice([1], [1, 1], [0], data)).toThrow(/as mids, 1, got 2 and 1/)
    expect(() => fitMicroPrice([1], [1], [0], { ...data, imbalances: 1 })).toThrow(/imbalances/)
  })
})
