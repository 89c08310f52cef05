import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { doubling, fullJitter } from '../src/reconnect.js'

describe('full jitter', () => {
  it('is uniform between 0 and the doubled base, up to the cap', () => {
    const random = seededRandom(1)
    for (const [attempt, most] of [[0, 500_000], [3, 4_000_000], [6, 30_000_000], [60, 30_000_000]] as const) {
      const waits = Array.from({ length: 4000 }, () => fullJitter(attempt, random))
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...waits)).toBeLessThan(most)
      // Mean of a uniform distribution; six standard errors.
      expect(Math.abs(waits.reduce((a, b) => a + b) / 4000 - most / 2)).toBeLessThan((6 * most) / Math.sqrt(12 * 4000))
    }
  })
})

describe('doubling', () => {
  it('asks at once, then in 250 ms, then up to 8 s', () => {
    expect([0, 1, 2, 3, 6, 7, 50].map((attempt) => doubling(attempt))).toEqual([0, 250_000, 500_000, 1_000_000, 8_000_000, 8_000_000, 8_000_000])
  })
})
