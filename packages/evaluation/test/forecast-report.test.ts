import { describe, expect, it } from 'vitest'
import {
  accuracy, brierScore, calibrationError, confusionInterval, confusionMatrix, differenceInterval, dieboldMariano, forecastReport, macroF1, majorityClass,
  matthewsCorrelation, meanInterval, negativeLogLikelihood, oneVersusRest, prequential, rocAuc, topLabel, type Interval,
} from '../src/index.js'
import { frameOf, gradientLearner, moveTargets, normalSource } from './made-frame.js'

const normal = normalSource(21)
const rows = 1500
const push = Float64Array.from({ length: rows }, normal)
const mids = push.map(() => 0)
for (let row = 1; row < rows; row++) mids[row] = mids[row - 1]! + 0.5 * push[row - 1]! + normal()
const frame = frameOf({ push }, moveTargets(mids, 2, 0.7), 2)
const learners = [gradientLearner(['push'], { horizonRows: 2 }), gradientLearner(['push'], { rate: 1e-9, name: 'idle', horizonRows: 2 })]
const run = prequential({ frame, target: 'move', learners, baselines: [majorityClass()], scoreFrom: 300 })
const [own, , majority] = run.forecasts
const report = forecastReport(run, { draws: 500 })
const bootstrap = { meanBlockRows: 20, draws: 500 }

const expectInterval = (got: Interval, want: Interval): void => {
  for (const end of ['value', 'low', 'high'] as const) expect(got[end]).toBeCloseTo(want[end], 9)
}

describe('forecastReport', () => {
  it('has the scores of the metrics, on the scored rows', () => {
    const matrix = confusionMatrix(run.outcomes, own!.calls, { classes: 3 })
    expect(report.rows).toBe(run.rows.length)
    expect(report.accuracy.value).toBeCloseTo(accuracy(matrix), 12)
    expect(report.macroF1.value).toBeCloseTo(macroF1(matrix), 12)
    expect(report.mcc.value).toBeCloseTo(matthewsCorrelation(matrix), 12)
    expect(report.nll.value).toBeCloseTo(negativeLogLikelihood(run.outcomes, own!.probabilities), 12)
    expect(report.brier.value).toBeCloseTo(brierScore(run.outcomes, own!.probabilities), 12)
    const { confidence, correct } = topLabel(run.outcomes, own!.probabilities)
    expect(report.ece.value).toBeCloseTo(calibrationError(confidence, correct, { bins: 15 }), 12)
    expect(report.confusion).toEqual([0, 1, 2].map((truth) => Array.from(matrix.counts.subarray(3 * truth, 3 * truth + 3))))
    expect(report.classes.map(({ auc }) => auc)).toEqual(oneVersusRest(rocAuc, run.outcomes, own!.probabilities).perClass)
    expect(report.majorityShare).toBe(Math.max(...report.classes.map(({ share }) => share)))
  })

  it('has the intervals of the bootstrap, with blocks of ten horizons', () => {
    expect(report.bootstrap).toEqual({ meanBlockRows: 20, draws: 500, seed: 1, level: 0.95 })
    expectInterval(report.macroF1, confusionInterval(macroF1, run.outcomes, own!.calls, { classes: 3, ...bootstrap }))
    const losses = (probabilities: Float32Array): Float64Array => Float64Array.from(run.outcomes, (truth, row) => -Math.log(probabilities[3 * row + truth]!))
    expectInterval(report.nll, meanInterval(losses(own!.probabilities), bootstrap))
    const other = report.baselines['majority_class']!
    expectInterval(other.difference.nll, differenceInterval(losses(own!.probabilities), losses(majority!.probabilities), bootstrap))
    const right = (calls: Int32Array): number[] => Array.from(run.outcomes, (truth, row) => Number(truth === calls[row]))
    expectInterval(other.difference.accuracy, differenceInterval(right(own!.calls), right(majority!.calls), bootstrap))
    expect(other.nllPValue).toBe(dieboldMariano(losses(own!.probabilities), losses(majority!.probabilities), { horizonRows: 2 }).pValue)
  })

  it('finds the planted gain, and none where there is none', () => {
    expect(report.baselines['majority_class']!.difference.nll.high).toBeLessThan(0)
    expect(report.baselines['majority_class']!.difference.accuracy.low).toBeGreaterThan(0)
    const idle = forecastReport(run, { forecast: 'idle', draws: 500 })
    expect(idle.name).toBe('idle')
    expect(idle.baselines['gradient']!.difference.nll.low).toBeGreaterThan(0)
    expect(Object.keys(idle.baselines)).toEqual(['gradient', 'majority_class'])
  })

  it('is plain JSON, without NaN', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    expect(JSON.stringify(report)).not.toContain('null')
    // No row of class 1: its AUC is undefined and left out.
    const empty = forecastReport({ ...run, outcomes: run.outcomes.map((truth) => (truth === 1 ? 0 : truth)) }, { draws: 50 })
    expect(empty.classes[1]).not.toHaveProperty('auc')
    expect(empty.classes[1]).not.toHaveProperty('averagePrecision')
    expect(JSON.parse(JSON.stringify(empty))).toEqual(empty)
  })

  it('calibrates a rule on the class it calls, though another be more probable', () => {
    // Called class 2 at probability 0.25, right every time.
    const rule = { name: 'rule', kind: 'baseline', calls: run.outcomes.map(() => 2), probabilities: Float32Array.from({ length: 3 * run.rows.length }, (_, at) => (at % 3 === 2 ? 0.25 : 0.375)) } as const
    const always = forecastReport({ ...run, outcomes: run.outcomes.map(() => 2), forecasts: [rule] }, { draws: 50 })
    expect(always.ece.value).toBeCloseTo(0.75, 9)
    expect(always.accuracy).toEqual({ value: 1, low: 1, high: 1 })
  })

  it('refuses an unknown forecast and too few rows', () => {
    expect(() => forecastReport(run, { forecast: 'nobody' })).toThrow('expected one of gradient, idle, majority_class, got nobody')
    expect(() => forecastReport(run, { meanBlockRows: 400 })).toThrow('at least 5 blocks')
    expect(() => forecastReport(run, { bins: 0 })).toThrow('bins')
  })
})
