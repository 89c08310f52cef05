import { describe, expect, it } from 'vitest'
import { differenceInterval, meanInterval } from '../../src/index.js'
import { autoregression } from './made-series.js'

describe('differenceInterval', () => {
  const common = autoregression(800, 0.9, 5)
  const first = common.map((x, row) => x + 0.2 + 0.1 * Math.sin(row))
  const options = { meanBlockRows: 50 }

  it('sees through what both share', () => {
    const { value, low, high } = differenceInterval(first, common, options)
    expect(value).toBeCloseTo(0.2, 2)
    expect(low).toBeGreaterThan(0.15)
    expect(high).toBeLessThan(0.25)
    const alone = meanInterval(first, options)
    expect(alone.high - alone.low).toBeGreaterThan(5 * (high - low))
  })

  it('turns its sign with the order', () => {
    const forward = differenceInterval(first, common, options)
    const backward = differenceInterval(common, first, options)
    expect(backward.value).toBeCloseTo(-forward.value, 12)
    expect(backward.low).toBeCloseTo(-forward.high, 9)
  })

  it('refuses unequal lengths', () => expect(() => differenceInterval([1], [1, 2], options)).toThrow('equal length'))
})
