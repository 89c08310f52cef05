import { describe, expect, it } from 'vitest'
import { topLabel } from '../../../src/index.js'
import { eightRows } from '../../golden/golden.js'

describe('topLabel', () => {
  it('calls the most probable class and says whether it came true', () => {
    const { calls, confidence, correct } = topLabel(eightRows.truth, eightRows.probabilities)
    expect([...calls]).toEqual(eightRows.calls)
    expect([...confidence]).toEqual([0.7, 0.6, 0.6, 0.4, 0.5, 0.5, 0.8, 0.4])
    expect([...correct]).toEqual([1, 1, 1, 0, 1, 1, 1, 0])
  })

  it('calls the first of equals', () => expect([...topLabel([1], [0.4, 0.4, 0.2]).calls]).toEqual([0]))
})
