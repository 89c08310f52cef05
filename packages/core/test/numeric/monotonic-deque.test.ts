import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monotonicDeque } from '../../src/numeric/monotonic-deque.js'

describe('monotonicDeque', () => {
  it('is the highest and the lowest of the window', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 200, size: 'max' }), fc.integer({ min: 1, max: 20 }), (values, length) => {
        const high = monotonicDeque.init(1)
        const low = monotonicDeque.init(-1)
        values.forEach((value, key) => {
          for (const deque of [high, low]) {
            monotonicDeque.evict(deque, key - length)
            monotonicDeque.push(deque, key, value)
          }
          const window = values.slice(Math.max(0, key - length + 1), key + 1)
          expect([monotonicDeque.extreme(high), monotonicDeque.extreme(low)]).toEqual([Math.max(...window), Math.min(...window)])
        })
      }),
    )
  })

  it('is NaN where the window is empty', () => {
    const deque = monotonicDeque.init(1)
    expect(monotonicDeque.extreme(deque)).toBeNaN()
    monotonicDeque.push(deque, 1, 5)
    monotonicDeque.evict(deque, 1)
    expect(monotonicDeque.extreme(deque)).toBeNaN()
  })
})
