import { BookTracker, collectFrame, featurePanel, LobError, midMove, midPrice, inputOf, prequentialRun, spread, type Labeler, type MarketEvent, type OnlineLearner, type Prediction, type PrequentialRun, type Settled } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventSource, madeStream } from '../made-sources.js'
import { recordingLearner } from '../recording-learner.js'
import { equity, session } from '../session.js'

const list = [midPrice(), spread()]

/** Runs a learner over the events of one instrument. */
function run(events: readonly MarketEvent[], learner: OnlineLearner, labeler: Labeler): { outcomes: (Prediction | Settled)[]; run: PrequentialRun; pending: number[] } {
  const [opening] = events
  if (opening?.kind !== 'instrument') throw new Error('an instrument comes first')
  const tracker = new BookTracker(opening.definition, opening.levels)
  const panel = featurePanel(list, tracker)
  const outcomes: (Prediction | Settled)[] = []
  const pending: number[] = []
  const prequential = prequentialRun(learner, labeler, tracker, (outcome) => outcomes.push(outcome))
  const out = new Float64Array(2)
  let rows = 0
  for (const event of events) {
    tracker.apply(event)
    if (!panel.step(out, 0)) continue
    prequential.step(out, 0, rows++)
    pending.push(prequential.pending)
  }
  return { outcomes, run: prequential, pending }
}

/** A quiet book: a snapshot and so many trades, a millisecond apart. */
const quiet = (trades: number): MarketEvent[] => {
  const make = session()
  return [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), ...Array.from({ length: trades }, () => make.trade(10, 1))]
}

/** Settles each row `rows` later with what `target` says of the settling row; undefined says nothing. */
const labelerOf = (rows: number, target: (row: number) => number | undefined, horizon: Labeler['output']['horizon'] = { rows }): Labeler<{ row: number }> => ({
  name: 'made_up',
  output: { kind: 'value', unit: 'ticks', horizon },
  init: () => ({ row: -1 }),
  step(state, _, emit) {
    const value = target(++state.row)
    if (state.row >= rows && value !== undefined) emit(rows, value)
  },
})

describe('prequentialRun', () => {
  it('predicts each whole window before it learns it, and learns each when its label settles', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 300 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }), async (events, horizon, length) => {
        const labeler = midMove({ rows: horizon, kind: 'value' })
        const learner = recordingLearner(inputOf(list, { length }))
        const { outcomes } = run(events, learner, labeler)
        const frame = await collectFrame(eventSource(events), list, { labelers: { move: labeler } })
        const starts = [0, ...frame.breaks]
        const whole = (row: number): boolean => {
          const from = row - length + 1
          const inOne = from >= starts.findLast((start) => start <= row)!
          return inOne && frame.values.subarray(from * 2, row * 2 + 2).every(Number.isFinite)
        }
        const expected: unknown[] = []
        const learned: unknown[] = []
        for (let row = 0; row < frame.length; row++) {
          for (let old = 0; old < row; old++) {
            if (frame.settledRows.move![old] !== row || !whole(old)) continue
            const target = frame.targets.move![old]!
            expected.push(['settled', old, target, frame.tsLocal[row]])
            learned.push({ row: old, target, data: [...Float32Array.from(frame.values.subarray((old - length + 1) * 2, old * 2 + 2))] })
          }
          if (whole(row)) expected.push(['prediction', row, Math.fround(frame.values[row * 2 + 1]!), learned.length, frame.tsLocal[row]])
        }
        expect(outcomes.map((one) => (one.kind === 'settled' ? ['settled', one.row, one.target, one.tsSettled] : ['prediction', one.row, ...one.values, one.tsLocal]))).toEqual(expected)
        expect(learner.learned).toEqual(learned)
      }),
      { numRuns: 30 },
    )
  })

  it('gives each settlement the prediction that was made of its row', () => {
    const { outcomes } = run(quiet(4), recordingLearner(inputOf(list, { length: 1 })), labelerOf(2, (row) => row))
    const predictions = outcomes.filter((one) => one.kind === 'prediction')
    const settled = outcomes.filter((one) => one.kind === 'settled')
    expect(settled.map(({ row }) => row)).toEqual([0, 1, 2])
    for (const { row, prediction } of settled) expect(prediction).toBe(predictions.find((one) => one.row === row))
  })

  it('never learns a row whose target is NaN, and lets it go', () => {
    const learner = recordingLearner(inputOf(list, { length: 1 }))
    const { outcomes, pending } = run(quiet(9), learner, labelerOf(1, (row) => (row % 3 === 0 ? NaN : row)))
    expect(learner.learned.map(({ row }) => row)).toEqual([0, 1, 3, 4, 6, 7])
    expect(outcomes.filter(({ kind }) => kind === 'settled')).toHaveLength(6)
    expect(Math.max(...pending)).toBe(1)
  })

  it('gives up rows that a labeler forgets at twice the horizon, in rows and in time', () => {
    const inRows = run(quiet(500), recordingLearner(inputOf(list, { length: 1 })), labelerOf(5, () => undefined))
    expect(Math.max(...inRows.pending)).toBe(11)
    const inTime = run(quiet(500), recordingLearner(inputOf(list, { length: 1 })), labelerOf(5, () => undefined, { micros: 20_000 }))
    expect(Math.max(...inTime.pending)).toBe(41)
  })

  it('learns labels that come late, up to twice the horizon', () => {
    const learner = recordingLearner(inputOf(list, { length: 1 }))
    run(quiet(20), learner, labelerOf(10, (row) => row, { rows: 5 }))
    expect(learner.learned).toHaveLength(11)
    const tooLate = recordingLearner(inputOf(list, { length: 1 }))
    run(quiet(20), tooLate, labelerOf(12, (row) => row, { rows: 5 }))
    expect(tooLate.learned).toEqual([])
  })

  it('learns the label of a quiet time, that comes with the first row after it, however late', () => {
    const make = session()
    const later = make.trade(10, 1)
    const events = [...quiet(2), { ...later, tsLocal: later.tsLocal + 60_000_000 }]
    const learner = recordingLearner(inputOf(list, { length: 1 }))
    run(events, learner, labelerOf(1, (row) => row, { micros: 500 }))
    expect(learner.learned.map(({ row }) => row)).toEqual([0, 1, 2])
  })

  it('keeps nothing across a break', () => {
    const make = session()
    const events = [...quiet(5), make.status('halted'), make.trade(10, 1), make.trade(10, 1)]
    const { pending } = run(events, recordingLearner(inputOf(list, { length: 1 })), labelerOf(50, () => undefined))
    expect(pending).toEqual([1, 2, 3, 4, 5, 6, 1, 2])
  })

  it('ends with an error where the windows that wait would not fit in memory', () => {
    const width = 1024
    const input = { columns: Array.from({ length: width }, (_, n) => `c${n}`), fingerprints: [], sampler: 'every_event', length: 1024 }
    const learner: OnlineLearner = { ...recordingLearner(input), predict: () => Float32Array.of(0) }
    const tracker = new BookTracker(equity)
    const prequential = prequentialRun(learner, labelerOf(1e6, () => undefined), tracker, () => {})
    const row = new Float64Array(width).fill(1)
    expect(() => {
      for (let n = 0; n < 1024 + 100; n++) prequential.step(row, 0, n)
    }).toThrow(expect.objectContaining({ code: 'LOB_MODEL', message: expect.stringContaining('made_up') as unknown }))
    expect(prequential.pending).toBeLessThanOrEqual(64)
  })

  it('says which row a learner failed on', () => {
    const failing = (part: Partial<OnlineLearner>): OnlineLearner => ({ ...recordingLearner(inputOf(list, { length: 1 })), ...part })
    const boom = (): never => {
      throw new Error('boom')
    }
    expect(() => run(quiet(3), failing({ predict: boom }), labelerOf(1, () => 0))).toThrow(expect.objectContaining({ code: 'LOB_MODEL', message: expect.stringContaining('predict row 0: Error: boom') as unknown }))
    expect(() => run(quiet(3), failing({ learn: boom }), labelerOf(1, () => 0))).toThrow(expect.objectContaining({ code: 'LOB_MODEL', message: expect.stringContaining('learn row 0: Error: boom') as unknown }))
    const own = new LobError('LOB_COLUMN_MISMATCH', 'mine')
    expect(() => run(quiet(3), failing({ learn: () => { throw own } }), labelerOf(1, () => 0))).toThrow(own)
  })
})
