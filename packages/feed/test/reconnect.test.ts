import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { virtualClock } from '../src/index.js'
import { budget } from '../src/budget.js'
import { doubling, fullJitter, politeCap } from '../src/reconnect.js'

describe('full jitter', () => {
  it('is uniform between 0 and the doubled base, up to the cap', () => {
    const random = seededRandom(1)
    for (const [attempt, most] of [[0, 500_000], [3, 4_000_000], [6, 4_000_000], [60, 4_000_000]] as const) {
      const waits = Array.from({ length: 4000 }, () => fullJitter(attempt, random))
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...waits)).toBeLessThan(most)
      // Mean of a uniform distribution; six standard errors.
      expect(Math.abs(waits.reduce((a, b) => a + b) / 4000 - most / 2)).toBeLessThan((6 * most) / Math.sqrt(12 * 4000))
    }
  })
})

describe('the polite cap', () => {
  const second = 1_000_000
  it('is 4 s for those who may try often enough, and never above 30 s', () => {
    expect([1, 2, 3, 5, 100].map((parties) => politeCap(parties, second))).toEqual([4, 4, 6, 10, 30].map((seconds) => seconds * second))
  })
  it('leaves a host that fails for an hour within its budget', async () => {
    const clock = virtualClock()
    const attempts = budget({ clock, limit: 300, windowMicros: 300 * second })
    const random = seededRandom(2)
    for (const parties of [1, 2, 5, 12]) {
      let tried = 0
      const cap = politeCap(parties, attempts.paceMicros(1))
      for (let party = 0; party < parties; party++) for (let at = 0, attempt = 0; at < 3600 * second; tried++) at += fullJitter(attempt++, random, { capMicros: cap })
      // 3600 is what the budget allows in an hour; the first waits are short.
      expect(tried).toBeLessThan(3600 * 1.06)
    }
  })
})

describe('doubling', () => {
  it('asks at once, then in 250 ms, then up to 8 s', () => {
    expect([0, 1, 2, 3, 6, 7, 50].map((attempt) => doubling(attempt))).toEqual([0, 250_000, 500_000, 1_000_000, 8_000_000, 8_000_000, 8_000_000])
  })
})
