import { seededRandom, type LabelledFrame, type OnlineLearner, type Predictor } from '@rxlob/core'
import { negativeLogLikelihood, prequential, type PrequentialResult } from '@rxlob/evaluation'
import { testLearner } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { bayesianLogistic } from '../../src/bayes/index.js'
import { fitStack, logisticMeta, stackedEnsemble, treesMeta, type MetaLearner } from '../../src/ensemble/index.js'
import { classesOutput, logisticRows, scaledInput, windowOf } from '../bayes/random-rows.js'

const output = classesOutput(2)
const input = scaledInput(2)

/** A run of made-up forecasts. */
function runOf(forecasts: Readonly<Record<string, (row: number) => number[]>>, outcomes: readonly number[], horizonRows = 1): PrequentialResult {
  const rows = outcomes.length
  return {
    instrument: 'made:X', target: 'y', classes: output.kind === 'classes' ? output.classes : [], horizon: { rows: horizonRows }, settlingRows: horizonRows,
    rows: Int32Array.from({ length: rows }, (_, row) => row), tsLocal: Float64Array.from({ length: rows }, (_, row) => 1000 * row), outcomes: Int32Array.from(outcomes),
    forecasts: Object.entries(forecasts).map(([name, of]) => ({
      name, kind: 'learner' as const, calls: new Int32Array(rows), probabilities: Float32Array.from(outcomes.flatMap((_, row) => of(row))),
    })),
    skipped: {},
  }
}

describe('fitStack', () => {
  it('finds that two members see two halves of the truth, which no average can say', () => {
    // Each member knows the odds that its own column adds; the truth is their sum.
    const rows = logisticRows([[0, 0, 0], [0, 1.5, -2]], 8000, 3)
    const half = (column: 0 | 1, weight: number) => (row: number): number[] => {
      const up = 1 / (1 + Math.exp(-weight * rows[row]!.window.data[column]!))
      return [1 - up, up]
    }
    const targets = rows.map(({ target }) => target)
    const stack = fitStack({ run: runOf({ left: half(0, 1.5), right: half(1, -2) }, targets) })
    const truth = negativeLogLikelihood(targets.slice(5600), rows.slice(5600).flatMap((row) => row.truth))
    expect(stack.trial.rows).toBe(2400)
    expect(stack.trial.stack - truth).toBeLessThan(0.005)
    expect(stack.trial.average - truth).toBeGreaterThan(0.05)
    expect(stack.trial.stack).toBeLessThan(Math.min(...Object.values(stack.trial.members)))
    // The sum of the log odds: about one of each, no intercept.
    const [, up] = stack.combine(Float64Array.of(0.4, 0.3)) as Float64Array
    expect(Math.abs(Math.log(up! / (1 - up!)) - 0.7)).toBeLessThan(0.15)
  })

  it('with trees learns when to believe whom', () => {
    // A third member says which of the two is right on this row; no fixed weighting of log odds can use that.
    const random = seededRandom(11)
    const rows = Array.from({ length: 8000 }, () => ({ left: random() < 0.5, right: random() < 0.5, guide: random() < 0.5, luck: random() < 0.9 }))
    const targets = rows.map(({ left, right, guide, luck }) => Number((guide ? left : right) === luck))
    const saying = (of: 'left' | 'right' | 'guide') => (row: number): number[] => (rows[row]![of] ? [0.3, 0.7] : [0.7, 0.3])
    const run = runOf({ left: saying('left'), right: saying('right'), guide: saying('guide') }, targets)
    const [trees, logistic] = [fitStack({ run, meta: treesMeta() }), fitStack({ run })]
    const best = -(0.9 * Math.log(0.9) + 0.1 * Math.log(0.1))
    expect(trees.trial.stack - best).toBeLessThan(0.02)
    expect(logistic.trial.stack - best).toBeGreaterThan(0.1)
  })

  it('fits its trial only on rows whose outcomes were known when the trial began', () => {
    const seen: number[] = []
    const spy: MetaLearner = {
      name: 'spy',
      fit: ({ targets, classes }) => {
        seen.push(targets.length)
        return (inputs) => new Float64Array((inputs.length / 2) * classes).fill(1 / classes)
      },
    }
    const random = seededRandom(4)
    const outcomes = Array.from({ length: 100 }, () => (random() < 0.5 ? 0 : 1))
    const even = () => [0.5, 0.5]
    fitStack({ run: runOf({ a: even, b: even }, outcomes, 7), meta: spy })
    // The trial begins at row 70; row 63 + 7 is known there, row 64 is not.
    expect(seen).toEqual([64, 100])
  })

  it('refuses members it does not know, too few of them, and too few rows', () => {
    const even = () => [0.5, 0.5]
    const run = runOf({ a: even, b: even }, [0, 1, 0, 1])
    const refused = expect.objectContaining({ code: 'LOB_BAD_OPTION' })
    expect(() => fitStack({ run, members: ['a', 'c'] })).toThrow(refused)
    expect(() => fitStack({ run, members: ['a'] })).toThrow(refused)
    expect(() => fitStack({ run: runOf({ a: even, b: even }, [0, 1], 50) })).toThrow(refused)
    expect(() => fitStack({ run, trialShare: 1 })).toThrow(refused)
  })

  it('with a class that never came in the earlier rows is finite', () => {
    const even = () => [0.5, 0.5]
    const { combine } = fitStack({ run: runOf({ a: even, b: even }, Array.from({ length: 40 }, () => 1)) })
    const [down, up] = combine(Float64Array.of(0, 0)) as Float64Array
    expect(down! + up!).toBeCloseTo(1, 12)
    expect(up).toBeGreaterThan(0.9)
  })
})

describe('stackedEnsemble', () => {
  const learners = (): OnlineLearner[] => ['x0', 'x1'].map((column) =>
    bayesianLogistic({ name: column, input: { ...input, columns: [column], fingerprints: [column], scaler: { mean: [0], scale: [1] } }, output, forgetting: 1 }))

  it('end to end: members learn a column each, the stack learns to add them', () => {
    const rows = logisticRows([[0, 0, 0], [0, 1.5, -2]], 6000, 9)
    const count = rows.length
    const tsLocal = Float64Array.from({ length: count }, (_, row) => row * 1000)
    const frame: LabelledFrame = {
      instrument: 'made:X', columns: input.columns.map((name) => ({ name, unit: 'ratio' })), length: count, firstRow: 0, tsExchange: tsLocal, tsLocal, breaks: [],
      values: Float64Array.from(rows.flatMap(({ window }) => [...window.data])),
      targets: { y: Float64Array.from(rows, ({ target }, row) => (row < count - 1 ? target : NaN)) },
      settledRows: { y: Float64Array.from(rows, (_, row) => (row < count - 1 ? row + 1 : NaN)) },
    }
    const members = learners()
    const run = prequential({ frame, target: 'y', learners: members, scoreFrom: 500 })
    const stack = fitStack({ run })
    expect(stack.trial.stack).toBeLessThan(stack.trial.average - 0.03)
    expect(stack.to).toBe(run.tsLocal.at(-1))
    // The members were taught in place: they go on within the ensemble.
    const ensemble = stackedEnsemble({ input, members, stack })
    const later = logisticRows([[0, 0, 0], [0, 1.5, -2]], 2000, 10)
    const stated = later.flatMap(({ window, target }) => {
      const p = [...ensemble.predict(window)]
      ensemble.learn(window, target)
      return p
    })
    const excess = negativeLogLikelihood(later.map(({ target }) => target), stated) - negativeLogLikelihood(later.map(({ target }) => target), later.flatMap((row) => row.truth))
    expect(excess).toBeLessThan(0.01)
  })

  const stack = { members: ['x0', 'x1'], classes: ['down', 'flat'], meta: 'sum', from: 0, to: 1, rows: 1, trial: { rows: 1, stack: 0, average: 0, members: {} }, combine: (inputs: Float64Array) => {
    const up = 1 / (1 + Math.exp(-inputs[0]! - inputs[1]!))
    return Float64Array.of(1 - up, up)
  } }
  for (const { name, run } of testLearner(() => stackedEnsemble({ input, members: learners(), stack }))) it(`${name}`, run)

  it('refuses members that are not those of the stack', () => {
    const refused = expect.objectContaining({ code: 'LOB_BAD_OPTION' })
    expect(() => stackedEnsemble({ input, members: learners().reverse(), stack })).toThrow(refused)
    expect(() => stackedEnsemble({ input, members: learners(), stack: { ...stack, classes: ['a', 'b'] } })).toThrow(refused)
    const late: Predictor = { contract: 1, name: 'x1', input, output, predict: () => Promise.resolve(Float32Array.of(0.5, 0.5)) }
    expect(() => stackedEnsemble({ input, members: [learners()[0]!, late], stack }).predict(windowOf([0, 0]))).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(logisticMeta().name).toBe('logistic(10)')
  })
})
