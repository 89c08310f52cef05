import { collectFrame, everyMidMove, inputOf, midMove, midPrice, ofi, queueImbalance, seededRandom, type LabelledFrame } from '@rxlob/core'
import { simulator } from '@rxlob/adapters-simulator'
import { forecastReport, imbalanceLogistic, lastMove, majorityClass, ofiSign, prequential, type ForecastReport } from '@rxlob/evaluation'
import { describe, expect, it } from 'vitest'
import { bayesianLogistic } from '../src/bayes/index.js'
import { normals } from './bayes/random-rows.js'

const horizonRows = 10
const output = { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: horizonRows } } as const

/** A random walk with columns computed from its past: the last move, the move over ten rows, and noise. */
function walk(rows: number, step: () => number, threshold: number, extra?: (mids: Float64Array) => Float64Array): LabelledFrame {
  const noise = normals(seededRandom(77))
  const mids = new Float64Array(rows)
  for (let row = 1; row < rows; row++) mids[row] = mids[row - 1]! + step()
  const back = (rowsAgo: number) => mids.map((mid, row) => (row < rowsAgo ? NaN : mid - mids[row - rowsAgo]!))
  const columns = [mids, back(1), back(10), mids.map(() => noise()), ...(extra === undefined ? [] : [extra(mids)])]
  const names = ['mid_price', 'move_1', 'move_10', 'noise', 'extra'].slice(0, columns.length)
  const values = new Float64Array(rows * columns.length)
  columns.forEach((column, j) => column.forEach((value, row) => (values[row * columns.length + j] = value)))
  const ahead = mids.map((mid, row) => (row + horizonRows < rows ? mids[row + horizonRows]! - mid : NaN))
  const tsLocal = Float64Array.from({ length: rows }, (_, row) => row * 1000)
  return {
    instrument: 'made:WALK', columns: names.map((name) => ({ name, unit: 'ticks' })), length: rows, firstRow: 0, tsExchange: tsLocal, tsLocal, values, breaks: [],
    targets: { move: ahead.map((move) => (Number.isNaN(move) ? NaN : move > threshold ? 2 : move < -threshold ? 0 : 1)) },
    settledRows: { move: ahead.map((move, row) => (Number.isNaN(move) ? NaN : row + horizonRows)) },
  }
}

function judge(frame: LabelledFrame, columns: readonly string[]): ForecastReport {
  const input = { columns, fingerprints: columns, sampler: 'every_event', length: 1 }
  const learner = bayesianLogistic({ input, output })
  const baselines = [majorityClass(), lastMove(), imbalanceLogistic({ columns: ['move_1'] })]
  return forecastReport(prequential({ frame, target: 'move', learners: [learner], baselines, scoreFrom: 4000 }), { draws: 500 })
}

const past = ['move_1', 'move_10', 'noise']

describe('canaries', () => {
  const random = seededRandom(5)
  const ticks = (): number => (random() < 0.4 ? 0 : random() < 0.5 ? -1 : 1)

  // (a) of the protocol: on a walk whose future nobody knows there is no skill.
  it.each([['Gaussian', () => normals(seededRandom(3)), 1.36], ['tick', () => ticks, 1]])('a %s random walk shows no skill', (_, source, threshold) => {
    const report = judge(walk(20_000, source(), threshold), past)
    expect(report.mcc.low).toBeLessThanOrEqual(0)
    expect(report.mcc.high).toBeGreaterThanOrEqual(0)
    expect(report.accuracy.low).toBeLessThanOrEqual(report.majorityShare)
    expect(report.accuracy.high).toBeGreaterThan(report.majorityShare - 0.01)
    const { difference } = report.baselines['majority_class']!
    expect(difference.accuracy.low).toBeLessThan(0.002)
    expect(difference.nll.high).toBeGreaterThan(0)
    expect(report.ece.value).toBeLessThan(0.03)
    expect(report.baselines['last_move']!.mcc.low).toBeLessThanOrEqual(0)
  })

  // (c): the harness must notice a feature that was shifted into the future.
  it('features shifted into the future make the skill jump', () => {
    const step = normals(seededRandom(3))
    const leak = (mids: Float64Array): Float64Array => mids.map((mid, row) => (row + horizonRows < mids.length ? mids[row + horizonRows]! - mid : NaN))
    const report = judge(walk(12_000, step, 1.36, leak), [...past, 'extra'])
    expect(report.accuracy.low).toBeGreaterThan(0.9)
    expect(report.baselines['majority_class']!.difference.nll.high).toBeLessThan(-0.5)
  })

  // (b): labels that belong to other rows.
  it('labels moved by half the day make the skill disappear', () => {
    const step = normals(seededRandom(3))
    const leak = (mids: Float64Array): Float64Array => mids.map((mid, row) => (row + horizonRows < mids.length ? mids[row + horizonRows]! - mid : NaN))
    const frame = walk(20_000, step, 1.36, leak)
    const far = 10_000
    const moved = frame.targets['move']!.map((target, row, all) => (Number.isNaN(target) ? NaN : (all[(row + far) % (frame.length - horizonRows)] ?? NaN)))
    const report = judge({ ...frame, targets: { move: moved } }, [...past, 'extra'])
    expect(report.baselines['majority_class']!.difference.nll.high).toBeGreaterThan(-0.002)
    expect(report.mcc.low).toBeLessThan(0)
  })

  // (d): a market with a known best accuracy.
  it('recovers the planted accuracy of the simulator, and so does the imbalance baseline', async () => {
    const list = [midPrice(), queueImbalance(), ofi()]
    const sample = everyMidMove()
    const labeler = midMove({ rows: 1 })
    const frame = await collectFrame(simulator({ seed: 11, durationMicros: 1800e6, signal: { accuracy: 0.65 } }), list, { sample, labelers: { move: labeler } })
    const input = inputOf(list.slice(1), { length: 1, sample })
    const learner = bayesianLogistic({ input, output: labeler.output, forgetting: 1 })
    const scoreFrom = Math.floor(frame.length / 5)
    const run = prequential({ frame, target: 'move', learners: [learner], baselines: [majorityClass(), ofiSign(), imbalanceLogistic()], scoreFrom })
    const report = forecastReport(run, { draws: 1000 })
    expect(report.rows).toBeGreaterThan(1000)
    expect(report.accuracy.low).toBeLessThan(0.65)
    expect(report.accuracy.high).toBeGreaterThan(0.63)
    expect(Math.abs(report.accuracy.value - 0.65)).toBeLessThan(0.03)
    expect(report.baselines['majority_class']!.difference.accuracy.low).toBeGreaterThan(0.05)
    expect(Math.abs(report.baselines['imbalance_logistic']!.accuracy.value - 0.65)).toBeLessThan(0.03)
  })
})
