import type { InputSpec, LabelledFrame } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { windowRows } from '../../src/trees/index.js'
import { refusal } from '../refusal.js'

const frame: LabelledFrame = {
  instrument: 'made:X', columns: [{ name: 'a', unit: 'ticks' }, { name: 'b', unit: 'ticks' }], length: 7, firstRow: 0,
  tsExchange: new Float64Array(7), tsLocal: Float64Array.from({ length: 7 }, (_, row) => row),
  values: Float64Array.of(1, 10, 2, 20, NaN, 30, 4, 40, 5, 50, 6, 60, 7, 70), breaks: [5],
  targets: { up: Float64Array.of(0, 1, 0, 1, 0, 1, NaN) }, settledRows: { up: new Float64Array(7) },
}
const input = (length: number, columns = ['b', 'a']): InputSpec => ({ columns, fingerprints: columns, sampler: 'every_event', length })

describe('windowRows', () => {
  it('takes columns by name, and leaves out NaN and unsettled rows', () => {
    const { inputs, targets, frameRows } = windowRows({ frame, input: input(1), target: 'up' })
    expect([...frameRows]).toEqual([0, 1, 3, 4, 5])
    expect([...inputs]).toEqual([10, 1, 20, 2, 40, 4, 50, 5, 60, 6])
    expect([...targets]).toEqual([0, 1, 1, 0, 1])
  })
  it('never reaches over a break, and looks back before its first row', () => {
    expect([...windowRows({ frame, input: input(2), target: 'up' }).frameRows]).toEqual([1, 4])
    const { inputs, frameRows } = windowRows({ frame, input: { ...input(2, ['b']), scaler: { mean: [10], scale: [10] } }, target: 'up', from: 3, to: 6 })
    expect([...frameRows]).toEqual([3, 4])
    expect([...inputs]).toEqual([2, 3, 3, 4])
  })
  it('refuses a target and a column that are not there', () => {
    expect(refusal(() => windowRows({ frame, input: input(1), target: 'down' })).code).toBe('LOB_BAD_OPTION')
    expect(refusal(() => windowRows({ frame, input: input(1, ['c']), target: 'up' })).code).toBe('LOB_COLUMN_MISMATCH')
  })
})
