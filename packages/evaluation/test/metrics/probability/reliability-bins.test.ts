import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reliabilityBins } from '../../../src/index.js'

describe('reliabilityBins', () => {
  it('has bins open below and closed above', () => {
    expect(reliabilityBins([0, 0.5, 0.51, 1], [0, 1, 0, 1], { bins: 2 })).toEqual([
      { low: 0, high: 0.5, rows: 2, confidence: 0.25, accuracy: 0.5 },
      { low: 0.5, high: 1, rows: 2, confidence: 0.755, accuracy: 0.5 },
    ])
  })

  it('has NaN in empty bins', () => {
    expect(reliabilityBins([0.9], [1], { bins: 2 })[0]).toEqual({ low: 0, high: 0.5, rows: 0, confidence: NaN, accuracy: NaN })
  })

  it('gives bins of equal mass their extreme confidences', () => {
    expect(reliabilityBins([0.9, 0.2, 0.4, 0.4, 0.6], [1, 0, 1, 0, 1], { bins: 2, equal: 'mass' })).toEqual([
      { low: 0.2, high: 0.4, rows: 2, confidence: expect.closeTo(0.3, 12), accuracy: 0.5 },
      { low: 0.4, high: 0.9, rows: 3, confidence: expect.closeTo(1.9 / 3, 12), accuracy: expect.closeTo(2 / 3, 12) },
    ])
    expect(reliabilityBins([0.7], [1], { bins: 2, equal: 'mass' }).map(({ rows }) => rows)).toEqual([0, 1])
  })

  it('loses no row, whatever the bins', () => {
    const rows = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), fc.constantFrom('width' as const, 'mass' as const), (list, bins, equal) => {
        const made = reliabilityBins(list.map(([p]) => p), list.map(([, right]) => right), { bins, equal })
        const total = (of: (bin: (typeof made)[number]) => number): number => made.reduce((sum, bin) => sum + (bin.rows > 0 ? of(bin) : 0), 0)
        expect(made).toHaveLength(bins)
        expect(total((bin) => bin.rows)).toBe(list.length)
        expect(total((bin) => bin.rows * bin.accuracy)).toBeCloseTo(list.filter(([, right]) => right).length, 9)
        expect(made.filter((bin) => bin.rows > 0 && !(bin.confidence >= bin.low - 1e-12 && bin.confidence <= bin.high + 1e-12))).toEqual([])
      }),
    )
  })

  it('refuses bad options', () => {
    expect(() => reliabilityBins([1], [1], { bins: 0 })).toThrow('bins')
    expect(() => reliabilityBins([1], [])).toThrow('equal length')
  })
})
