import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { fitLogistic } from '../../src/index.js'
import { logisticGolden } from '../golden/golden.js'

const penaltiesOf = (columns: number, penalty: number): number[] => Array.from({ length: columns }, (_, j) => (j === 0 ? 0 : penalty))

describe('fitLogistic', () => {
  it.each(logisticGolden)('equals scikit-learn: $classes classes, penalty $penalty', ({ penalty, weights: expected, ...problem }) => {
    const fit = fitLogistic({ ...problem, penalties: penaltiesOf(problem.columns, penalty) })
    fit.weights.forEach((weight, k) => expect(weight).toBeCloseTo(expected[k]!, 6))
    expect(fit.gradientNorm).toBeLessThan(1e-8)
  })

  it.each(logisticGolden)('has a gradient of 0 and that information at the optimum: $classes classes', (problem) => {
    const { penalty, columns, classes, inputs, targets, rowWeights } = problem
    const { weights, information } = fitLogistic({ inputs, columns, targets, classes, rowWeights, penalties: penaltiesOf(columns, penalty) })
    const free = classes - 1
    // The gradient of the penalised loss in the over-parametrised weights, from its definition; centred rows of W are the optimum.
    const gradient = (at: Float64Array): number[] => {
      const full = Array.from({ length: classes }, (_, k) => Array.from({ length: columns }, (__, j) => (k === 0 ? 0 : at[(k - 1) * columns + j]!)))
      const sums = Array.from({ length: free * columns }, (_, flat) => {
        const j = flat % columns
        const mean = full.reduce((sum, row) => sum + row[j]! / classes, 0)
        return (j === 0 ? 0 : penalty) * (at[flat]! - mean)
      })
      targets.forEach((target, row) => {
        const odds = full.map((w) => Math.exp(w.reduce((sum, weight, j) => sum + weight * inputs[row * columns + j]!, 0)))
        const total = odds.reduce((sum, value) => sum + value, 0)
        for (let k = 0; k < free; k++) {
          for (let j = 0; j < columns; j++) sums[k * columns + j]! += rowWeights[row]! * (odds[k + 1]! / total - Number(target === k + 1)) * inputs[row * columns + j]!
        }
      })
      return sums
    }
    gradient(weights).forEach((value) => expect(value).toBeCloseTo(0, 6))
    const size = free * columns
    for (const column of [0, size - 1]) {
      const moved = (by: number): number[] => gradient(weights.map((value, at) => (at === column ? value + by : value)))
      const [up, down] = [moved(1e-5), moved(-1e-5)]
      up.forEach((value, row) => expect((value - down[row]!) / 2e-5).toBeCloseTo(information[row * size + column]!, 3))
    }
  })

  it('starts where it is told and then needs fewer steps', () => {
    const { penalty, weights, ...problem } = logisticGolden[2]!
    const penalties = penaltiesOf(problem.columns, penalty)
    const cold = fitLogistic({ ...problem, penalties })
    expect(fitLogistic({ ...problem, penalties, start: weights }).iterations).toBeLessThan(cold.iterations)
  })

  it('reaches its gradient on many rows, where the loss itself is only known to its rounding', () => {
    const random = seededRandom(4)
    const rows = 40_000
    const inputs = Float64Array.from({ length: 2 * rows }, (_, at) => (at % 2 === 0 ? 1 : random() - 0.5))
    const targets = Uint8Array.from({ length: rows }, (_, row) => (random() < 0.4 + 0.2 * inputs[2 * row + 1]! ? 2 : random() < 0.1 ? 1 : 0))
    expect(fitLogistic({ inputs, columns: 2, targets, classes: 3, penalties: [0, 4] }).gradientNorm).toBeLessThan(1e-8)
  })

  it('drives an absent class to nothing', () => {
    const { weights } = fitLogistic({ inputs: [1, 1, 1, 1], columns: 1, targets: [0, 2, 2, 0], classes: 3, penalties: [0] })
    expect(weights[0]).toBeLessThan(-15)
    expect(weights[1]).toBeCloseTo(0, 6)
  })

  it('says where there is no optimum', () => {
    const none = expect.objectContaining({ code: 'LOB_MODEL', message: expect.stringContaining('no finite optimum') })
    const rows = { columns: 2, targets: [0, 1, 0, 1], classes: 2 }
    expect(() => fitLogistic({ ...rows, inputs: [1, 2, 1, 2, 1, 2, 1, 2], penalties: [0, 0] })).toThrow(none)
    expect(() => fitLogistic({ ...rows, inputs: [1, 2, 1, NaN, 1, 3, 1, 4], penalties: [0, 1] })).toThrow(none)
  })

  it('refuses shapes that do not match', () => {
    const good = { inputs: [1, 1], columns: 1, targets: [0, 1], classes: 2, penalties: [1] }
    expect(() => fitLogistic({ ...good, inputs: [1] })).toThrow('expected 2 numbers in inputs')
    expect(() => fitLogistic({ ...good, penalties: [] })).toThrow('expected 1 numbers in penalties')
    expect(() => fitLogistic({ ...good, penalties: [-1] })).toThrow('penalties[0]')
    expect(() => fitLogistic({ ...good, rowWeights: [1] })).toThrow('rowWeights')
    expect(() => fitLogistic({ ...good, start: [1, 2] })).toThrow('start')
    expect(() => fitLogistic({ ...good, targets: [0, 2] })).toThrow('expected a class from 0 to 1')
  })
})
