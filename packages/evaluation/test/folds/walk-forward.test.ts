import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { walkForward } from '../../src/index.js'

describe('walkForward', () => {
  it('anchors or rolls', () => {
    const options = { rows: 1000, folds: 2, trainRows: 400, horizonRows: 10, lookBackRows: 5 }
    expect(walkForward(options)).toEqual([
      { train: { from: 0, to: 385 }, test: { from: 400, to: 700 } },
      { train: { from: 0, to: 685 }, test: { from: 700, to: 1000 } },
    ])
    expect(walkForward({ ...options, train: 'rolling' })).toEqual([
      { train: { from: 0, to: 385 }, test: { from: 400, to: 700 } },
      { train: { from: 300, to: 685 }, test: { from: 700, to: 1000 } },
    ])
  })

  it('tests every row after the first block once, in order, on a purged past', () => {
    const problem = fc.record({
      rows: fc.integer({ min: 100, max: 500 }),
      folds: fc.integer({ min: 1, max: 7 }),
      horizonRows: fc.integer({ min: 0, max: 9 }),
      lookBackRows: fc.integer({ min: 0, max: 9 }),
      train: fc.constantFrom('anchored' as const, 'rolling' as const),
    })
    fc.assert(
      fc.property(problem, (options) => {
        const made = walkForward({ ...options, minRows: 1 })
        expect(made).toHaveLength(options.folds)
        expect(made.at(-1)!.test.to).toBe(options.rows)
        made.forEach(({ train, test }, fold) => {
          expect(test.from).toBe(fold === 0 ? Math.floor(options.rows / 2) : made[fold - 1]!.test.to)
          expect(train.to - 1 + options.horizonRows).toBeLessThan(test.from - options.lookBackRows)
          expect(train.from).toBe(options.train === 'rolling' ? test.from - made[0]!.test.from : 0)
        })
        const sizes = made.map(({ test }) => test.to - test.from)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('refuses folds that are too short, and bad options', () => {
    const bad = (options: object, message: string): void =>
      expect(() => walkForward({ rows: 1000, horizonRows: 1, ...options })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) }))
    bad({ folds: 6 }, 'test block of fold 0 has 83 rows')
    bad({ horizonRows: 450 }, 'train block of fold 0 has 50 rows')
    bad({ horizonRows: 1000 }, 'train block of fold 0 has 0 rows')
    bad({ trainRows: 1000 }, 'trainRows')
    bad({ folds: 0 }, 'folds')
  })
})
