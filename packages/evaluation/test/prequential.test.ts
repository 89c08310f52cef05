import { prequentialRun, type FeatureWindow, type LabelledFrame, type OnlineLearner } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imbalanceLogistic, lastMove, majorityClass, ofiSign, persistence, prequential, type Baseline, type PrequentialResult } from '../src/index.js'
import { frameOf, gradientLearner, moveTargets, normalSource } from './made-frame.js'

const horizonRows = 5

/** A mid that drifts with its imbalance, and the columns that the baselines read. */
function market(rows: number, seed: number, pull = 0.3, breaks: readonly number[] = []): LabelledFrame {
  const normal = normalSource(seed)
  let mid = 1000
  let state = 0
  const imbalance = new Float64Array(rows)
  const flow = new Float64Array(rows)
  const mids = Float64Array.from({ length: rows }, (_, row) => {
    mid += pull * state + normal()
    state = 0.8 * state + normal()
    imbalance[row] = state
    flow[row] = Math.round(5 * normal())
    return mid
  })
  return frameOf({ queue_imbalance: imbalance, ofi_1: flow, mid_price: mids }, moveTargets(mids, horizonRows, 1.2), horizonRows, breaks)
}

const everyBaseline = (): Baseline[] => [
  majorityClass(), lastMove(), lastMove({ reverse: true }), persistence({ rows: 4 }), ofiSign({ windowRows: 3 }), imbalanceLogistic({ refitRows: 40 }),
]

const runOver = (frame: LabelledFrame, scoreFrom = 50, length = 2): PrequentialResult =>
  prequential({ frame, target: 'move', learners: [gradientLearner(['queue_imbalance', 'ofi_1'], { length, horizonRows })], baselines: everyBaseline(), scoreFrom })

describe('prequential', () => {
  it('predicts every row before it learns it, and learns it in the row that settles it', () => {
    const told: string[] = []
    const spy: OnlineLearner = {
      ...gradientLearner(['x']),
      predict: ({ data }) => {
        told.push(`predict ${data[0]}`)
        return Float32Array.of(0.2, 0.3, 0.5)
      },
      learn: ({ data }, target) => void told.push(`learn ${data[0]} as ${target}`),
    }
    const frame = frameOf({ x: [0, 1, 2, 3, 4, 5] }, [2, 1, NaN, 0, NaN, NaN], 2)
    const run = prequential({ frame, target: 'move', learners: [spy], scoreFrom: 1 })
    expect(told).toEqual(['predict 1', 'learn 0 as 2', 'learn 1 as 1', 'predict 3', 'learn 3 as 0'])
    expect([...run.rows]).toEqual([1, 3])
    expect([...run.outcomes]).toEqual([1, 0])
    expect([...run.forecasts[0]!.calls]).toEqual([2, 2])
    expect([...run.forecasts[0]!.probabilities]).toEqual([0.2, 0.3, 0.5, 0.2, 0.3, 0.5].map(Math.fround))
    expect(run.skipped).toEqual({ label: 3 })
    expect(run.settlingRows).toBe(2)
    expect([...run.tsLocal]).toEqual([frame.tsLocal[1], frame.tsLocal[3]])
  })

  // The standing no-peek test: nothing said up to a row depends on what comes after it.
  it('does not see the future: changing it changes no earlier forecast by a bit', () => {
    const rows = 240
    const past = market(rows, 1, 0.3, [70, 150])
    const before = runOver(past)
    fc.assert(
      fc.property(fc.integer({ min: 55, max: rows - 10 }), fc.integer(), (now, seed) => {
        const other = market(rows, seed, -3)
        const width = past.columns.length
        const values = past.values.slice()
        values.set(other.values.subarray((now + 1) * width), (now + 1) * width)
        const settledRows = past.settledRows['move']!
        const targets = past.targets['move']!.map((target, row) => (settledRows[row]! <= now || Number.isNaN(target) ? target : (other.targets['move']![row]! || 0)))
        const after = runOver({ ...past, values, targets: { move: targets } })
        const seen = before.rows.findLastIndex((row) => row <= now) + 1
        expect(seen).toBeGreaterThan(0)
        expect(after.rows.slice(0, seen)).toEqual(before.rows.slice(0, seen))
        before.forecasts.forEach(({ name, calls, probabilities }, n) => {
          expect({ name, calls: after.forecasts[n]!.calls.slice(0, seen) }).toEqual({ name, calls: calls.slice(0, seen) })
          expect({ name, p: after.forecasts[n]!.probabilities.slice(0, seen * 3) }).toEqual({ name, p: probabilities.slice(0, seen * 3) })
        })
      }),
      { numRuns: 60 },
    )
  })

  it('would notice a forecast that peeks', () => {
    const frame = market(240, 1)
    const peeking: Baseline = { name: 'peek', start: (of) => ({ predict: (row, out) => (out.fill(1 / 3), of.targets['move']![row]!), learn: () => {} }) }
    const of = (target: number): number => {
      const targets = frame.targets['move']!.map((value, row) => (row === 200 ? target : value))
      const run = prequential({ frame: { ...frame, targets: { move: targets } }, target: 'move', learners: [gradientLearner(['ofi_1'])], baselines: [peeking], scoreFrom: 50 })
      return run.forecasts[1]!.calls[run.rows.indexOf(200)]!
    }
    expect(of(0)).not.toBe(of(2))
  })

  it('says what core says live, to the bit', () => {
    const frame = market(300, 3, 0.3, [120])
    const run = runOver(frame, 0, 3)
    // core's own loop over the same rows; the labeler reads the targets off the frame when they settle.
    const said = new Map<number, Float32Array>()
    let row = 0
    const tracker = { instrument: { id: frame.instrument }, windowEpoch: 0, tsLocal: 0 }
    const learner = gradientLearner(['queue_imbalance', 'ofi_1'], { length: 3, horizonRows })
    const live = prequentialRun(
      learner,
      {
        name: 'move', output: learner.output, init: () => null,
        step: (_, __, emit) => {
          const labelled = row - horizonRows
          const target = frame.targets['move']![labelled] ?? NaN
          if (!Number.isNaN(target) && !(labelled < 120 && row >= 120)) emit(horizonRows, target)
        },
      },
      tracker as unknown as Parameters<typeof prequentialRun>[2],
      (outcome) => {
        if (outcome.kind === 'prediction') said.set(outcome.row, outcome.values)
      },
    )
    // Labels that would settle over the break are void, as collectFrame leaves them.
    const targets = frame.targets['move']!.map((target, at) => (at < 120 && at + horizonRows >= 120 ? NaN : target))
    const whole = runOver({ ...frame, targets: { move: targets } }, 0, 3)
    for (; row < frame.length; row++) {
      if (row === 120) tracker.windowEpoch++
      tracker.tsLocal = frame.tsLocal[row]!
      live.step(frame.values.subarray(row * 3, row * 3 + 2) as Float64Array<ArrayBuffer>, 0, row)
    }
    expect(whole.rows.length).toBeGreaterThan(250)
    whole.rows.forEach((at, n) => expect(whole.forecasts[0]!.probabilities.slice(3 * n, 3 * n + 3)).toEqual(said.get(at)))
    expect(run.rows.length).toBe(whole.rows.length + horizonRows)
  })

  it('scores all forecasts on the same rows, and says why rows are left out', () => {
    const columns = { a: [NaN, 1, 2, NaN, 4, 5, 6, 7, 8, 9], mid_price: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2] }
    const frame = frameOf(columns, [0, 1, 2, 0, 1, 2, 0, 1, NaN, NaN], 2, [8])
    const run = prequential({ frame, target: 'move', learners: [gradientLearner(['a'], { length: 2 })], baselines: [lastMove()], scoreFrom: 1 })
    expect([...run.rows]).toEqual([5, 6, 7])
    expect(run.skipped).toEqual({ gradient: 3, last_move: 1, label: 2 })
    for (const { calls, probabilities } of run.forecasts) {
      expect(calls).toHaveLength(3)
      expect(probabilities).toHaveLength(9)
    }
    expect(run.forecasts.map(({ name, kind }) => [name, kind])).toEqual([['gradient', 'learner'], ['last_move', 'baseline']])
  })

  it('never builds a window over a break', () => {
    const windows: number[][] = []
    const spy: OnlineLearner = {
      ...gradientLearner(['x'], { length: 3 }),
      predict: ({ data }: FeatureWindow) => {
        windows.push([...data])
        return Float32Array.of(1, 0, 0)
      },
    }
    prequential({ frame: frameOf({ x: [0, 1, 2, 3, 4, 5, 6, 7] }, [0, 0, 0, 0, 0, 0, 0, NaN], 1, [4]), target: 'move', learners: [spy], scoreFrom: 0 })
    expect(windows).toEqual([[0, 1, 2], [1, 2, 3], [4, 5, 6]])
  })

  it('teaches a kept window, not the one that is lent', () => {
    const learned: number[][] = []
    const spy: OnlineLearner = { ...gradientLearner(['x'], { length: 2 }), learn: ({ data }) => void learned.push([...data]) }
    prequential({ frame: frameOf({ x: [0, 1, 2, 3, 4, 5, 6] }, [0, 0, 0, 0, NaN, NaN, NaN], 3), target: 'move', learners: [spy], scoreFrom: 0 })
    expect(learned).toEqual([[0, 1], [1, 2], [2, 3]])
  })

  it('reads columns by name, in the order of the learner', () => {
    const frame = frameOf({ b: [10, 20, 30], c: [7, 7, 7], a: [1, 2, 3] }, [0, 1, NaN], 1)
    const seen: number[][] = []
    const spy: OnlineLearner = {
      ...gradientLearner(['a', 'b']),
      predict: ({ data }) => {
        seen.push([...data])
        return Float32Array.of(1, 0, 0)
      },
    }
    prequential({ frame, target: 'move', learners: [spy], scoreFrom: 0 })
    expect(seen).toEqual([[1, 10], [2, 20]])
  })

  it('runs several learners side by side as each alone', () => {
    const frame = market(200, 5)
    const slow = () => gradientLearner(['queue_imbalance'], { rate: 0.005, name: 'slow' })
    const fast = () => gradientLearner(['queue_imbalance'], { rate: 0.05, name: 'fast' })
    const of = (learners: OnlineLearner[]) => prequential({ frame, target: 'move', learners, scoreFrom: 20 }).forecasts
    expect(of([slow(), fast()])).toEqual([...of([slow()]), ...of([fast()])])
  })

  it('tells how far it is', () => {
    const frame = frameOf({ x: new Float64Array(10_000) }, Float64Array.from({ length: 10_000 }, (_, row) => (row < 9999 ? row % 3 : NaN)), 1)
    const told: [number, number][] = []
    prequential({ frame, target: 'move', learners: [gradientLearner(['x'])], scoreFrom: 0, onProgress: (done, rows) => told.push([done, rows]) })
    expect(told).toEqual([[4096, 10_000], [8192, 10_000], [10_000, 10_000]])
  })

  describe('refuses', () => {
    const frame = market(60, 7)
    const options = { frame, target: 'move', learners: [gradientLearner(['ofi_1'])], scoreFrom: 10 }
    const refuse = (change: object, code: string, message: string) => (): void =>
      expect(() => prequential({ ...options, ...change })).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }))

    it('rows that a part was fitted on', () => {
      const at = (row: number) => ({ fitted: [{ to: frame.tsLocal[3]! }, { to: frame.tsLocal[row]! }] })
      refuse(at(10), 'LOB_BAD_OPTION', 'row 10')()
      refuse(at(20), 'LOB_BAD_OPTION', 'lies in the period that a part was fitted on')()
      expect(prequential({ ...options, ...at(9) }).rows[0]).toBe(10)
    })
    it('labels known at their own row', () => {
      refuse({ frame: { ...frame, settledRows: { move: frame.settledRows['move']!.map((_, row) => row) } } }, 'LOB_BAD_OPTION', 'the label of row 0 settles at row 0')()
      refuse({ frame: { ...frame, settledRows: { move: frame.settledRows['move']!.map(() => NaN) } } }, 'LOB_BAD_OPTION', 'settles at row NaN')()
    })
    it('targets that are no class', refuse({ frame: { ...frame, targets: { move: frame.targets['move']!.map((x) => x + 0.5) } } }, 'LOB_BAD_OPTION', 'expected a class'))
    it('an unknown target', refuse({ target: 'jump' }, 'LOB_COLUMN_MISMATCH', 'one of the targets move, got jump'))
    it('a missing column', refuse({ learners: [gradientLearner(['ofi_1', 'ofi_9'])] }, 'LOB_COLUMN_MISMATCH', 'reads the column ofi_9'))
    it('no learner', refuse({ learners: [] }, 'LOB_BAD_OPTION', 'at least one learner'))
    it('learners of values', () => {
      const output = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } } as const
      refuse({ learners: [{ ...gradientLearner(['ofi_1']), output }] }, 'LOB_BAD_OPTION', 'of classes')()
      refuse({ learners: [gradientLearner(['ofi_1']), { ...gradientLearner(['ofi_1'], { name: 'b' }), output }] }, 'LOB_BAD_OPTION', 'learner b must have the classes down, flat, up')()
    })
    it('two forecasts of one name', () => {
      refuse({ learners: [gradientLearner(['ofi_1']), gradientLearner(['ofi_1'])] }, 'LOB_BAD_OPTION', 'two forecasts are called gradient')()
      refuse({ baselines: [majorityClass(), majorityClass()] }, 'LOB_BAD_OPTION', 'majority_class')()
    })
    it('a start outside the frame', refuse({ scoreFrom: 60 }, 'LOB_BAD_OPTION', 'scoreFrom'))
  })
})
