import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { waitNanos } from '../src/market-process.js'

describe('waitNanos', () => {
  it('is exponential with the rate: mean 1 / rate, a share of 1 / e above it', () => {
    const random = seededRandom(3)
    const waits = Array.from({ length: 100_000 }, () => waitNanos(50, random()))
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
    expect(Math.abs(mean / 2e7 - 1)).toBeLessThan(0.013)
    expect(Math.abs(waits.filter((wait) => wait > 2e7).length / waits.length - Math.exp(-1))).toBeLessThan(0.0062)
  })

  it('is a whole number, one or more', () => {
    expect(waitNanos(1e12, 0)).toBe(1)
    expect(Number.isInteger(waitNanos(3, 0.123))).toBe(true)
  })
})
