// The canaries of the evaluation protocol: a harness that finds skill where there is none, or none where the future leaks, is broken.
import {
  collectFrame, fitMoveThreshold, inputOf, midPrice, ofi, queueImbalance, realizedVolatility, rollingOfi, smoothedMove, spread,
  type LabelledFrame,
} from '@rxlob/core'
import { forecastReport, lastMove, majorityClass, persistence, prequential, type ForecastReport } from '@rxlob/evaluation'
import { bayesianLogistic } from '@rxlob/models/bayes'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomWalkSource } from './random-walk-source.js'

const horizonRows = 10
const events = 24_000
const trainingRows = 4_000
const list = [queueImbalance(), ofi(), rollingOfi({ ticks: 20 }), realizedVolatility({ ticks: 50 }), spread()] as const
const label = { method: 'L1', rows: horizonRows } as const

async function frameOf(seed: number): Promise<LabelledFrame> {
  const source = randomWalkSource(seed, events)
  const moves = await collectFrame(source, [midPrice()], { labelers: { move: smoothedMove({ ...label, kind: 'value' }) } })
  const threshold = fitMoveThreshold(moves.targets['move']!.subarray(0, trainingRows - horizonRows), {
    unit: 'return', instrument: moves.instrument, from: moves.tsLocal[0]!, to: moves.tsLocal[trainingRows - 1]!,
  })
  return collectFrame(source, [...list, midPrice()], { labelers: { move: smoothedMove({ ...label, threshold }) } })
}

function judge(frame: LabelledFrame): ForecastReport {
  const learner = bayesianLogistic({ input: inputOf(list, { length: 1 }), output: smoothedMove(label).output })
  const baselines = [majorityClass(), lastMove(), persistence({ rows: horizonRows })]
  return forecastReport(prequential({ frame, target: 'move', learners: [learner], baselines, scoreFrom: trainingRows }), { draws: 500 })
}

describe('on a random walk, labels L1', () => {
  const seeds = [1, 2, 3]
  let frames: LabelledFrame[]
  beforeAll(async () => {
    frames = await Promise.all(seeds.map(frameOf))
  })

  it('(a) nothing beats the most frequent class: its share lies in every interval, or above it', () => {
    for (const [n, frame] of frames.entries()) {
      const report = judge(frame)
      const forecasts = [report, ...Object.values(report.baselines)]
      for (const { accuracy } of forecasts) expect(accuracy.low, `seed ${seeds[n]}`).toBeLessThanOrEqual(report.majorityShare)
      expect(report.accuracy.high, `seed ${seeds[n]}`).toBeGreaterThan(1 / 3 - 0.02)
      expect(report.mcc.low, `seed ${seeds[n]}`).toBeLessThanOrEqual(0)
    }
  })

  it('(b) labels that belong to other rows teach nothing', () => {
    const frame = frames[0]!
    const targets = frame.targets['move']!
    const shift = 5_000
    const moved = targets.map((target, row) => (Number.isNaN(target) ? NaN : (targets[(row + shift) % targets.length] ?? NaN)))
    const report = judge({ ...frame, targets: { move: moved } })
    expect(report.accuracy.low).toBeLessThanOrEqual(report.majorityShare)
  })

  it('(c) features from the future are found out: skill jumps', () => {
    const frame = frames[0]!
    const width = frame.columns.length
    const values = new Float64Array(frame.values.length).fill(NaN)
    values.set(frame.values.subarray(horizonRows * width))
    const honest = judge(frame)
    const leaking = judge({ ...frame, values })
    expect(leaking.accuracy.low).toBeGreaterThan(honest.accuracy.high + 0.1)
    expect(leaking.mcc.low).toBeGreaterThan(0.2)
  })
})
