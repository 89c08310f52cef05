import { describe, expect, it } from 'vitest'
import { majorityClass } from '../../src/index.js'
import { frameOf } from '../made-frame.js'
import { drive } from './drive.js'

describe('majorityClass', () => {
  it('counts what has settled and nothing else', () => {
    // Horizon 2: row 3 knows the targets of rows 0 and 1.
    const said = drive(majorityClass(), frameOf({}, [2, 2, 1, 1, 1, 1], 2))
    expect(said.map(({ call }) => call)).toEqual([0, 0, 2, 2, 2, 1])
    expect(said[0]!.probabilities).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(said[3]!.probabilities).toEqual([1 / 5, 1 / 5, 3 / 5])
  })
})
