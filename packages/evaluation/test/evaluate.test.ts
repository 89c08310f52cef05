import { describe, expect, it } from 'vitest'
import { evaluate, imbalanceLogistic, majorityClass, walkForward, type Baseline, type EvaluateOptions } from '../src/index.js'
import { frameOf, moveTargets, normalSource } from './made-frame.js'

const horizonRows = 5
const rows = 4000

/** A walk whose next steps lean to the signal. */
function leaning(seed: number, lean: number): EvaluateOptions['frame'] {
  const normal = normalSource(seed)
  const signal = Float64Array.from({ length: rows }, () => normal())
  const mids = new Float64Array(rows)
  for (let row = 1; row < rows; row++) mids[row] = mids[row - 1]! + lean * signal[row - 1]! + normal()
  return frameOf({ signal }, moveTargets(mids, horizonRows, 0.5), horizonRows)
}

const common = { target: 'move', classes: ['down', 'flat', 'up'], horizon: { rows: horizonRows }, draws: 100 }
const folds = walkForward({ rows, folds: 4, horizonRows, trainRows: 2000 })
const logistic = imbalanceLogistic({ name: 'logistic', columns: ['signal'] })

describe('evaluate', () => {
  const frame = leaning(1, 2)
  const found = evaluate({ ...common, frame, models: [logistic, majorityClass()], folds })

  it('finds a signal that is there, on every fold, and scores each test row once', () => {
    expect(found.report.name).toBe('logistic')
    expect(found.report.baselines['majority_class']!.difference.nll.high).toBeLessThan(0)
    expect(found.folds).toHaveLength(4)
    for (const { scores } of found.folds) expect(scores[0]!.nll).toBeLessThan(scores[1]!.nll)
    expect(found.folds.reduce((sum, { testRows }) => sum + testRows, 0)).toBe(found.report.rows)
    expect(new Set(found.predictions.rows).size).toBe(found.report.rows)
    expect(found.predictions.skipped).toEqual({ 'no label': horizonRows })
  })

  it('finds none on a walk that nothing foretells', () => {
    const { report } = evaluate({ ...common, frame: leaning(2, 0), models: [logistic, majorityClass()], folds })
    expect(report.baselines['majority_class']!.difference.nll.high).toBeGreaterThan(0)
  })

  it('counts every test row in its curves', () => {
    expect(found.reliability.reduce((sum, bin) => sum + bin.rows, 0)).toBe(found.report.rows)
    for (const { precision } of found.precisionAt) {
      expect(precision[0]!).toBeGreaterThan(precision.at(-1)!)
    }
    // All rows taken: the class's own share.
    expect(found.precisionAt.reduce((sum, { precision }) => sum + precision.at(-1)!, 0)).toBeCloseTo(1, 12)
  })

  it('does not look ahead: what comes after a test block changes nothing said of it', () => {
    const changed = { ...frame, values: Float64Array.from(frame.values, (value, row) => (row >= folds[1]!.test.to ? -value : value)) }
    const again = evaluate({ ...common, frame: changed, models: [logistic, majorityClass()], folds })
    const upTo = found.predictions.rows.findIndex((row) => row >= folds[1]!.test.to)
    expect(upTo).toBeGreaterThan(100)
    expect(again.predictions.forecasts[0]!.probabilities.subarray(0, upTo * 3)).toEqual(found.predictions.forecasts[0]!.probabilities.subarray(0, upTo * 3))
    expect(again.predictions.forecasts[0]!.probabilities).not.toEqual(found.predictions.forecasts[0]!.probabilities)
  })

  it('teaches no label that was not known, whatever a fold says', () => {
    const taught: number[] = []
    const spy: Baseline = { name: 'spy', start: () => ({ learn: (row) => void taught.push(row), predict: (_row, out) => (out.set([0.2, 0.3, 0.5]), 2) }) }
    const { folds: [report] } = evaluate({ ...common, frame, models: [spy], folds: [{ train: { from: 0, to: 2000 }, test: { from: 2000, to: 3000 } }] })
    expect(Math.max(...taught)).toBe(2000 - horizonRows - 1)
    expect(report!.unsettled).toBe(horizonRows)
    expect(report!.trainRows).toBe(2000 - horizonRows)
  })

  it.each<[string, Partial<EvaluateOptions>]>([
    ['no model', { models: [] }],
    ['no fold', { folds: [] }],
    ['two of one name', { models: [majorityClass(), majorityClass()] }],
    ['training after the test', { folds: [{ train: { from: 2000, to: 3000 }, test: { from: 0, to: 1000 } }] }],
    ['a fold beyond the frame', { folds: [{ train: { from: 0, to: 100 }, test: { from: 100, to: rows + 1 } }] }],
    ['nothing to score', { models: [{ name: 'blind', start: () => ({ learn: () => undefined, predict: () => -1 }) }] }],
  ])('refuses %s', (_, options) => {
    expect(() => evaluate({ ...common, frame, models: [majorityClass()], folds, ...options })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

it('an embargo keeps training further from the test', () => {
  const [plain] = walkForward({ rows: 1000, horizonRows: 3 })
  const [kept] = walkForward({ rows: 1000, horizonRows: 3, embargoRows: 40 })
  expect(kept!.train.to).toBe(plain!.train.to - 40)
  expect(kept!.test).toEqual(plain!.test)
  expect(() => walkForward({ rows: 1000, horizonRows: 3, embargoRows: 450 })).toThrow(/minRows|expected 100/)
})
