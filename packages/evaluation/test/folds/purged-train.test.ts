import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { purgedTrain, type RowRange } from '../../src/index.js'

const rowsOf = (ranges: readonly RowRange[]): number[] => ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k))

describe('purgedTrain', () => {
  const vector = { rows: 20, test: { from: 8, to: 12 }, horizonRows: 3, embargoRows: 2 }

  it('A12: purge and embargo', () => {
    expect(rowsOf(purgedTrain(vector))).toEqual([0, 1, 2, 3, 4, 17, 18, 19])
    expect(rowsOf(purgedTrain({ ...vector, walkForward: true }))).toEqual([0, 1, 2, 3, 4])
    expect(rowsOf(purgedTrain({ ...vector, lookBackRows: 2 }))).toEqual([0, 1, 2, 19])
  })

  it('shares no row with the test: neither label nor feature spans touch', () => {
    const problem = fc.integer({ min: 1, max: 80 }).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        from: fc.integer({ min: 0, max: rows - 1 }),
        length: fc.integer({ min: 1, max: 10 }),
        spans: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: rows, maxLength: rows }),
        lookBackRows: fc.integer({ min: 0, max: 4 }),
        embargoRows: fc.integer({ min: 0, max: 5 }),
      }),
    )
    fc.assert(
      fc.property(problem, ({ rows, from, length, spans, lookBackRows, embargoRows }) => {
        const test = { from, to: Math.min(rows, from + length) }
        const labelEnd = spans.map((span, row) => row + span)
        const ends = labelEnd.slice(test.from, test.to)
        const allowed = labelEnd.flatMap((end, row) => {
          const before = row < test.from && end < test.from - lookBackRows
          const after = row >= test.to && row - lookBackRows > Math.max(...ends) + embargoRows
          return before || after ? [row] : []
        })
        const ranges = purgedTrain({ rows, test, labelEnd, lookBackRows, embargoRows })
        expect(rowsOf(ranges)).toEqual(allowed)
        ranges.slice(1).forEach(({ from: start }, k) => expect(start).toBeGreaterThan(ranges[k]!.to))
      }),
    )
  })

  it('leaves 1 % of the rows out after the test by default', () => {
    expect(purgedTrain({ rows: 1000, test: { from: 100, to: 200 }, horizonRows: 0 })).toEqual([{ from: 0, to: 100 }, { from: 210, to: 1000 }])
  })

  it('refuses bad options', () => {
    const bad = (options: object, message: string): void =>
      expect(() => purgedTrain({ ...vector, ...options })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) }))
    bad({ test: { from: 8, to: 8 } }, 'test.to')
    bad({ test: { from: 8, to: 21 } }, 'test.to')
    bad({ test: { from: -1, to: 3 } }, 'test.from')
    bad({ horizonRows: -1 }, 'horizonRows')
    bad({ labelEnd: [1] }, 'exactly one')
    bad({ horizonRows: undefined }, 'exactly one')
    bad({ horizonRows: undefined, labelEnd: [1] }, '20 rows')
    bad({ horizonRows: undefined, labelEnd: Array.from({ length: 20 }, () => 5) }, 'row 6 is 5')
  })
})
