import { describe, expect, it } from 'vitest'
import { lastMove } from '../../src/index.js'
import { frameOf } from '../made-frame.js'
import { callsOf } from './drive.js'

describe('lastMove', () => {
  const mids = [5, 5, 6, 6, 5, NaN, 5, 7, 7, 9, 9, 8]
  const frame = frameOf({ mid_price: mids }, mids.map(() => NaN), 1, [8])

  it('repeats the last non-zero move, across undefined mids but not across a break', () => {
    expect(callsOf(lastMove(), frame)).toEqual([-1, -1, 2, 2, 0, 0, 0, 2, -1, 2, 2, 0])
    expect(callsOf(lastMove(), frame, 0, 2)).toEqual([-1, -1, 1, 1, 0, 0, 0, 1, -1, 1, 1, 0])
  })

  it('or its reverse', () => {
    const reverse = lastMove({ reverse: true })
    expect(reverse.name).toBe('last_move_reverse')
    expect(callsOf(reverse, frame)).toEqual([-1, -1, 0, 0, 2, 2, 2, 0, -1, 0, 0, 2])
  })

  it('refuses a frame without the column', () => {
    expect(() => callsOf(lastMove({ column: 'mid' }), frame)).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
  })
})
