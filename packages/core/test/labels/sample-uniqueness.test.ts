import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleUniqueness } from '../../src/kernel.js'
import { expectClose } from '../run-feature.js'

describe('sampleUniqueness', () => {
  it('equals vector A12', () => {
    expectClose([...sampleUniqueness([0, 2, 3, 6], [3, 5, 4, 8])], [0.7083333333, 0.5833333333, 0.4166666667, 1])
  })

  it('equals means row by row of random spans', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 12 })).map(([start, length]) => [start, start + length] as const)
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 20 }), (spans) => {
        const cover = (row: number) => spans.filter(([start, end]) => row >= start && row <= end).length
        const expected = spans.map(([start, end]) => Array.from({ length: end - start + 1 }, (_, k) => 1 / cover(start + k)).reduce((a, b) => a + b) / (end - start + 1))
        expectClose([...sampleUniqueness(spans.map(([start]) => start), spans.map(([, end]) => end))], expected, 1e-12)
      }),
    )
  })

  it('is NaN for a label that never settled, which covers nothing', () => {
    expect([...sampleUniqueness([0, 1], [2, NaN])]).toEqual([1, NaN])
  })

  it('refuses spans that are none', () => {
    expect(() => sampleUniqueness([0], [])).toThrow(/1, got 0/)
    expect(() => sampleUniqueness([3], [2])).toThrow(/Span 0.*3 to 2/)
    expect(() => sampleUniqueness([0.5], [2])).toThrow(/0.5/)
  })
})
