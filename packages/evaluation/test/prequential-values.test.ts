import type { OnlineLearner } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { prequentialValues } from '../src/index.js'
import { frameOf } from './made-frame.js'
import { knower, valueMarket } from './made-values.js'

describe('prequentialValues', () => {
  it('predicts every row before it learns it, in the row that settles it, beside zero and the rolling mean', () => {
    const seen: string[] = []
    const frame = frameOf({ x: [0, 1, 2, NaN, 4, 5, 6] }, [10, 20, 30, 40, 50, NaN, NaN], 2)
    const run = prequentialValues({ frame, target: 'move', learners: [knower(1, 'knower', seen)], scoreFrom: 2, baselineRows: 2 })
    expect(seen).toEqual(['learn 0 as 10', 'learn 1 as 20', 'learn 2 as 30', 'predict 4', 'learn 4 as 50'])
    // Row 2: one outcome is known; row 3 has no view; rows 5 and 6 no label.
    expect(run.skipped).toEqual({ rolling_mean: 1, knower: 1, label: 2 })
    expect([...run.rows]).toEqual([4])
    const [knows, zero, rolling] = run.forecasts
    expect([knows!.mean[0], knows!.deviation[0]]).toEqual([4, 1])
    // Of the outcomes 20 and 30, the last two known at row 4.
    expect([zero!.mean[0], zero!.deviation[0]]).toEqual([0, Math.sqrt(650)])
    expect(rolling!.mean[0]).toBe(25)
    expect(rolling!.deviation[0]).toBeCloseTo(Math.sqrt(50), 12)
    expect(run.settlingRows).toBe(2)
  })

  it('refuses learners of classes and of other units', () => {
    const refused = expect.objectContaining({ code: 'LOB_BAD_OPTION' })
    const frame = valueMarket(50, 1)
    const of = (learners: OnlineLearner[]) => () => prequentialValues({ frame, target: 'move', learners, scoreFrom: 10 })
    expect(of([])).toThrow(refused)
    expect(of([{ ...knower(1), output: { kind: 'classes', classes: ['a', 'b'], horizon: { rows: 1 } } }])).toThrow(refused)
    expect(of([knower(1), { ...knower(1, 'other'), output: { kind: 'value', unit: 'return', horizon: { rows: 2 } } }])).toThrow(refused)
    expect(of([knower(1), knower(2)])).toThrow(refused)
    expect(() => prequentialValues({ frame, target: 'move', learners: [knower(1)], scoreFrom: 10, fitted: [{ to: frame.tsLocal[10]! }] })).toThrow(refused)
  })
})
