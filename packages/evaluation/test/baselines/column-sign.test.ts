import { describe, expect, it } from 'vitest'
import { columnSign, ofiSign } from '../../src/index.js'
import { frameOf } from '../made-frame.js'
import { callsOf, drive } from './drive.js'

const none = (rows: ArrayLike<unknown>): number[] => Array.from(rows, () => NaN)

describe('columnSign and ofiSign', () => {
  const flow = [1, 2, -5, 0, NaN, 3, 3, -6, 0, 1]
  const frame = frameOf({ ofi_1: flow }, none(flow), 1, [9])

  it('call the sign of the row', () => {
    expect(callsOf(ofiSign(), frame)).toEqual([2, 2, 0, 1, -1, 2, 2, 0, 1, 2])
    expect(columnSign({ column: 'ofi_1' }).name).toBe('sign_ofi_1')
    expect(ofiSign().name).toBe('ofi_sign')
  })

  it('or of a window of rows, which no NaN and no break may interrupt', () => {
    // sums of 2: -, 3, -3, -5, -, -, 6, -3, -6, -
    expect(callsOf(ofiSign({ windowRows: 2 }), frame)).toEqual([-1, 2, 0, 0, -1, -1, 2, 0, 0, -1])
  })

  it('call the more frequent class at 0 where there is no flat', () => {
    const zeros = frameOf({ x: [0, 0, 0, 0, 4] }, [1, 1, 0, 1, NaN], 1)
    expect(callsOf(columnSign({ column: 'x' }), zeros, 0, 2)).toEqual([0, 1, 1, 1, 1])
  })

  it('state the shares of each outcome under the same call', () => {
    const said = drive(columnSign({ column: 'x' }), frameOf({ x: [1, 1, -1, 1, 1] }, [2, 1, 0, 2, NaN], 1))
    // At row 4, three rows called up have settled: up, flat, up. One of each class is added.
    expect(said[4]!.probabilities).toEqual([1 / 6, 2 / 6, 3 / 6])
    expect(said[2]!.probabilities).toEqual([1 / 3, 1 / 3, 1 / 3])
  })

  it('refuse more classes and bad options', () => {
    expect(() => callsOf(ofiSign(), frame, 0, 4)).toThrow('two classes (down, up) or three')
    expect(() => columnSign({ column: 'x', windowRows: 0 })).toThrow('windowRows')
  })
})
