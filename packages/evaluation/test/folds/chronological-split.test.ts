import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chronologicalSplit } from '../../src/index.js'

describe('chronologicalSplit', () => {
  it('cuts 60/20/20 by rows and purges the end of each block', () => {
    expect(chronologicalSplit(1000, { horizon: { rows: 10 } })).toEqual({
      train: { from: 0, to: 590 }, validation: { from: 600, to: 790 }, test: { from: 800, to: 1000 },
    })
    expect(chronologicalSplit(1000, { horizon: { rows: 10 }, lookBackRows: 5 }).train).toEqual({ from: 0, to: 585 })
  })

  it('cuts by time where times are given', () => {
    // Rows crowd in the second half of the period.
    const times = Array.from({ length: 1000 }, (_, row) => (row < 100 ? row * 50 : 5000 + (row - 100) * (5000 / 899)))
    const { train, validation, test } = chronologicalSplit(times, { horizon: { micros: 200 }, shares: [0.5, 0.25, 0.25], minRows: 50 })
    expect(times[validation.from - 1]).toBeLessThan(5000)
    expect(times[validation.from]).toBeGreaterThanOrEqual(5000)
    expect(times[train.to - 1]! + 200).toBeLessThan(times[validation.from]!)
    expect(times[train.to]! + 200).toBeGreaterThanOrEqual(times[validation.from]!)
    expect(times[validation.to - 1]! + 200).toBeLessThan(times[test.from]!)
    expect(test.to).toBe(1000)
  })

  it('never lets a label of one block reach what the features of a later block see', () => {
    const problem = fc.record({
      gaps: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 60, maxLength: 200 }),
      horizon: fc.oneof(fc.record({ rows: fc.integer({ min: 0, max: 5 }) }), fc.record({ micros: fc.integer({ min: 0, max: 60 }) })),
      lookBackRows: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(problem, ({ gaps, horizon, lookBackRows }) => {
        let clock = 0
        const times = gaps.map((gap) => (clock += gap))
        let split
        try {
          split = chronologicalSplit(times, { horizon, lookBackRows, minRows: 1 })
        } catch (error) {
          // Too short a fold; any other error fails the property below.
          expect(String(error)).toContain('use more rows')
          return
        }
        const { train, validation, test } = split
        for (const [block, later] of [[train, validation], [validation, test]] as const) {
          expect(block.to).toBeGreaterThan(block.from)
          const seen = Math.max(0, later.from - lookBackRows)
          const last = block.to - 1
          expect('rows' in horizon ? last + horizon.rows < seen : times[last]! + horizon.micros < times[seen]!).toBe(true)
        }
      }),
    )
  })

  it('leaves a block out whose share is 0, and purges nothing at the end', () => {
    expect(chronologicalSplit(1000, { horizon: { rows: 10 }, shares: [0.8, 0, 0.2] })).toEqual({
      train: { from: 0, to: 790 }, validation: { from: 800, to: 800 }, test: { from: 800, to: 1000 },
    })
    expect(chronologicalSplit(1000, { horizon: { rows: 10 }, shares: [0.5, 0.5, 0] }).validation).toEqual({ from: 500, to: 1000 })
  })

  it('refuses folds that are too short, and bad options', () => {
    const bad = (over: number | number[], options: object, message: string): void =>
      expect(() => chronologicalSplit(over, { horizon: { rows: 1 }, ...options })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) }))
    bad(1000, { horizon: { rows: 101 } }, 'validation block keeps 99 rows')
    bad(20, {}, 'train block keeps 11 rows')
    bad(1000, { shares: [0.6, 0.3, 0.2] }, 'sum to 1')
    bad(1000, { shares: [1.2, -0.4, 0.2] }, 'shares[0]')
    bad(1000, { horizon: { micros: 5 } }, 'give the times')
    bad([1, 2, 1], {}, 'row 2 (1) is before')
    bad([1, NaN, 1], {}, 'row 1')
    bad(0, {}, 'rows')
  })
})
