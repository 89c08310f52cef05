import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decimalSum } from '../src/decimal-sum.js'

it.each([
  [['0.1', '0.2'], [], 0.3],
  [['3.00000000'], ['2.00000000'], 1],
  [['1.5'], ['1.50000000'], 0],
  [['0.00000001', '99999999'], [], 99999999.00000001],
  [['1'], ['2.5'], -1.5],
  [['7.25'], [], 7.25],
])('%j less %j is %d', (plus, minus, sum) => expect(decimalSum(plus, minus)).toBe(sum))

it('is the nearest double of the sum of integers, for any number of them', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 40 }), (units) => {
    const text = (value: number): string => (value / 1e8).toFixed(8)
    expect(decimalSum(units.map(text))).toBe(units.reduce((sum, each) => sum + each, 0) / 1e8)
  }))
})

it('rejects what is no decimal', () => expect(() => decimalSum(['1', '1e3'])).toThrow(/decimal/))
