import { checkInput, everyTrade, inputOf, midPrice, ofi, spread } from '@rxlob/core'
import { describe, expect, it } from 'vitest'

describe('inputOf', () => {
  it('says by what the columns are made, in order', () => {
    expect(inputOf([midPrice(), ofi({ levels: 5 })], { length: 7 })).toEqual({
      columns: ['mid_price', 'ofi_5'], fingerprints: [midPrice().fingerprint, ofi({ levels: 5 }).fingerprint], sampler: 'every_event', length: 7,
    })
    const scaler = { mean: [10], scale: [2] }
    expect(inputOf([midPrice()], { length: 1, sample: everyTrade(), scaler })).toMatchObject({ sampler: everyTrade().name, scaler })
  })

  it.each([{ length: 0 }, { length: 1.5 }, { length: 1, scaler: { mean: [0, 0], scale: [1] } }, { length: 1, scaler: { mean: [0], scale: [0] } }])('refuses %o', (options) => {
    expect(() => inputOf([midPrice()], options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('checkInput', () => {
  const wanted = inputOf([midPrice(), ofi()], { length: 3 })

  it('is content with the same columns, features and sampler, whatever the length of a window', () => {
    expect(checkInput(wanted, inputOf([midPrice(), ofi()], { length: 9 }), 'model')).toBeUndefined()
  })

  it.each([
    ['another column', inputOf([midPrice(), spread()], { length: 3 }), /model expects column 2 to be ofi_1, the stream has spread/],
    ['another order', inputOf([ofi(), midPrice()], { length: 3 }), /column 1 to be mid_price/],
    ['a column too few', inputOf([midPrice()], { length: 3 }), /column 2 to be ofi_1, the stream has none/],
    ['a column too many', inputOf([midPrice(), ofi(), spread()], { length: 3 }), /column 3 to be absent/],
    ['other parameters', { ...inputOf([midPrice(), ofi()], { length: 3 }), fingerprints: ['mid_price', 'ofi_1{}'] }, /feature 2/],
    ['another sampler', inputOf([midPrice(), ofi()], { length: 3, sample: everyTrade() }), /sampler 1 to be every_event/],
  ])('names the first difference: %s', (_, given, message) => {
    expect(() => checkInput(wanted, given, 'model')).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH', message: expect.stringMatching(message) as unknown }))
  })
})
