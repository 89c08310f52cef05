import { describe, expect, it } from 'vitest'
import { fitDayScore, type FeatureFrame } from '../../src/kernel.js'

const frame = (values: readonly (readonly number[])[]): FeatureFrame => ({
  instrument: 'hand:ABC', columns: [{ name: 'a', unit: 'price' }, { name: 'b', unit: 'lots' }], length: values.length, firstRow: 0,
  tsExchange: Float64Array.from(values, (_, row) => row), tsLocal: Float64Array.from(values, (_, row) => 10 + row), values: Float64Array.from(values.flat()),
})

describe('fitDayScore', () => {
  it('is the mean and the standard deviation of each column, NaN left out', () => {
    const fitted = fitDayScore(frame([[1e9 + 1, 4], [1e9 + 2, NaN], [1e9 + 3, 8]]))
    expect(fitted).toEqual({ parameters: { columns: ['a', 'b'], means: [1e9 + 2, 6], scales: [1, Math.sqrt(8)] }, instrument: 'hand:ABC', from: 10, to: 12, rows: 3 })
  })

  it('refuses a column without a scale', () => {
    expect(() => fitDayScore(frame([[1, 4], [2, NaN]]))).toThrow(/Column b.*got 1/)
    expect(() => fitDayScore(frame([[1, 4], [2, 4]]))).toThrow(/Column b.*spread of 0/)
  })
})
