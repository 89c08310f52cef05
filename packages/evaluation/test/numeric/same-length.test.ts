import { describe, expect, it } from 'vitest'
import { sameLength } from '../../src/numeric/same-length.js'

describe('sameLength', () => {
  it('is the length, or an error that names the caller', () => {
    expect(sameLength('of', [1, 2], new Float64Array(2))).toBe(2)
    expect(() => sameLength('of', [1], [])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'of: expected inputs of equal length, got 1 and 0.' }))
  })
})
