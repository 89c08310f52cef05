import { choleskyInverse, negativeLogLikelihood } from '@rxlob/evaluation'
import { describe, expect, it } from 'vitest'
import { laplaceLogistic, mackayProbability, variationalLogistic, variationalUpdate, type BinaryRow, type GaussianWeights } from '../../src/bayes/index.js'
import { fiveRows } from '../golden/golden.js'
import { classesOutput, logisticRows, scaledInput } from './random-rows.js'

const prior = (): GaussianWeights => ({ mean: new Float64Array(2), covariance: Float64Array.of(4, 0, 0, 4) })
const five: BinaryRow[] = fiveRows.targets.map((target, row) => ({ x: fiveRows.inputs.slice(2 * row, 2 * row + 2), up: target === 1, weight: 1 }))

/** The same by dense solves in the space of the weights. */
function byDenseSolves(start: GaussianWeights, rows: readonly BinaryRow[]): GaussianWeights {
  const precision0 = start.covariance.slice()
  choleskyInverse(precision0, 2)
  let bounds = rows.map(() => 1)
  let mean = [0, 0]
  let covariance = new Float64Array(4)
  for (let iteration = 0; iteration < 500; iteration++) {
    covariance = precision0.slice()
    const shift = [0, 1].map((row) => precision0[2 * row]! * start.mean[0]! + precision0[2 * row + 1]! * start.mean[1]!)
    rows.forEach(({ x, up }, i) => {
      const lambda = Math.tanh(bounds[i]! / 2) / (4 * bounds[i]!)
      for (const row of [0, 1]) {
        for (const column of [0, 1]) covariance[2 * row + column]! += 2 * lambda * x[row]! * x[column]!
        shift[row]! += (up ? 0.5 : -0.5) * x[row]!
      }
    })
    choleskyInverse(covariance, 2)
    mean = [0, 1].map((row) => covariance[2 * row]! * shift[0]! + covariance[2 * row + 1]! * shift[1]!)
    bounds = rows.map(({ x }) => Math.sqrt([0, 1].reduce((sum, row) => sum + [0, 1].reduce((all, column) => all + x[row]! * x[column]! * (covariance[2 * row + column]! + mean[row]! * mean[column]!), 0), 0)))
  }
  return { mean: Float64Array.from(mean), covariance }
}

const expectClose = (got: GaussianWeights, want: GaussianWeights, digits: number): void => {
  got.mean.forEach((value, k) => expect(value).toBeCloseTo(want.mean[k]!, digits))
  got.covariance.forEach((value, k) => expect(value).toBeCloseTo(want.covariance[k]!, digits))
}

describe('variationalUpdate', () => {
  it('equals dense solves: as one batch, and streamed in two', () => {
    const batch = prior()
    variationalUpdate(batch, five)
    expectClose(batch, byDenseSolves(prior(), five), 8)
    const streamed = prior()
    variationalUpdate(streamed, five.slice(0, 2))
    variationalUpdate(streamed, five.slice(2))
    expectClose(streamed, byDenseSolves(byDenseSolves(prior(), five.slice(0, 2)), five.slice(2)), 8)
  })

  it('does not depend on the order within a batch, and is near Laplace\'s posterior', () => {
    const [one, other] = [prior(), prior()]
    variationalUpdate(one, five)
    variationalUpdate(other, [...five].reverse())
    expectClose(one, other, 8)
    const laplace = laplaceLogistic({ ...fiveRows, columns: 2, classes: 2, priorVariance: 2 })
    one.mean.forEach((value, k) => expect(Math.abs(value - laplace.mean[k]!)).toBeLessThan(0.3))
    // The bound takes variance away.
    expect(one.covariance[0]).toBeLessThan(laplace.covariance[0]!)
  })

  it('takes nothing from rows of weight 0 or of x = 0', () => {
    const weights = prior()
    variationalUpdate(weights, [{ x: [1, 2], up: true, weight: 0 }, { x: [0, 0], up: true, weight: 1 }])
    expect(weights).toEqual(prior())
  })
})

describe('mackayProbability', () => {
  it('A14 at (1, 1)', () => {
    const { mean, covariance } = laplaceLogistic({ ...fiveRows, columns: 2, classes: 2, priorVariance: 2 })
    expect(mackayProbability(mean[0]! + mean[1]!, covariance.reduce((sum, value) => sum + value, 0))).toBeCloseTo(0.7421881698, 6)
  })
})

describe('variationalLogistic', () => {
  it.each([2, 3])('learns planted relations of %d classes nearly as well as the truth', (classes) => {
    const planted = [[0.3, -1, 0.4], [0.5, 0, -0.3], [-0.2, 1, 0.2]].slice(0, classes)
    const learner = variationalLogistic({ input: scaledInput(2), output: classesOutput(classes), forgetting: 1 })
    const rows = logisticRows(planted, 6000, 1)
    const late = rows.slice(3000)
    for (const { window, target } of rows.slice(0, 3000)) learner.learn(window, target)
    const stated = late.flatMap(({ window, target }) => {
      const p = [...learner.predict(window)]
      learner.learn(window, target)
      return p
    })
    const outcomes = late.map(({ target }) => target)
    const excess = negativeLogLikelihood(outcomes, stated) - negativeLogLikelihood(outcomes, late.flatMap((row) => row.truth))
    expect(excess).toBeLessThan(classes === 2 ? 0.003 : 0.02)
    expect(excess).toBeGreaterThan(-0.003)
  })
})
