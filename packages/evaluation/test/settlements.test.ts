import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settlements } from '../src/settlements.js'
import { frameOf } from './made-frame.js'

describe('settlements', () => {
  it('hands every label over once, at the row that settles it, in row order', () => {
    const delays = fc.array(fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }), { maxLength: 50 })
    fc.assert(
      fc.property(delays, (list) => {
        const kept = list.map((delay, row) => (delay !== undefined && row + delay < list.length ? row + delay : NaN))
        const frame = frameOf({}, kept.map((row) => (Number.isNaN(row) ? NaN : row % 3)), 1)
        const { settledBy } = settlements({ ...frame, settledRows: { move: Float64Array.from(kept) } }, 'move', 3)
        list.forEach((_, row) => expect([...settledBy(row)]).toEqual(kept.flatMap((settled, at) => (settled === row ? [at] : []))))
      }),
    )
  })
})
