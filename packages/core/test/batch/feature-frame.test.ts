import { columnOf, type FeatureFrame } from '@rxlob/core'
import { describe, expect, it } from 'vitest'

const frame: FeatureFrame<'a' | 'b'> = {
  instrument: 'test:ABC',
  columns: [{ name: 'a', unit: 'lots' }, { name: 'b', unit: 'ratio' }],
  length: 3,
  firstRow: 5,
  tsExchange: Float64Array.of(1, 2, 3),
  tsLocal: Float64Array.of(1, 2, 3),
  values: Float64Array.of(1, 10, NaN, 20, 3, 30),
}

describe('columnOf', () => {
  it('copies one column', () => {
    const column = columnOf(frame, 'b')
    column[0] = 99
    expect([...columnOf(frame, 'b')]).toEqual([10, 20, 30])
    expect([...columnOf(frame, 'a')]).toEqual([1, NaN, 3])
  })

  it('names the columns there are where it is asked for another', () => {
    expect(() => columnOf(frame, 'c' as 'a')).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH', message: expect.stringContaining('a, b') as unknown }))
  })
})
