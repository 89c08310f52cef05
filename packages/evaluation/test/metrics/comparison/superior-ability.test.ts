import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { superiorAbility } from '../../../src/index.js'
import { normalSource } from '../../made-frame.js'

interface Golden {
  readonly meanBlockRows: number
  readonly cases: readonly { readonly gains: number[][]; readonly statistic: number; readonly lower: number; readonly consistent: number; readonly upper: number; readonly realityCheck: number }[]
}

// test/golden/reference/superior-ability.py: reality check and resamples by the arch package, 4,000 draws of its own.
const golden = JSON.parse(readFileSync(new URL('../../golden/superior-ability.json', import.meta.url), 'utf8')) as Golden

describe('superiorAbility', () => {
  it.each(golden.cases.map((each, at) => [at, each] as const))('agrees with arch, case %i, within what chance allows', (_, { gains, statistic, lower, consistent, upper, realityCheck }) => {
    const found = superiorAbility(gains, { meanBlockRows: golden.meanBlockRows, draws: 4000 })
    // Two shares of 4,000 draws each: five standard errors of their difference.
    const near = (p: number): number => 5 * Math.sqrt((2 * Math.max(0.004, p * (1 - p))) / 4000)
    // A standard deviation of 4,000 draws is good to about 1 %.
    expect(Math.abs(found.statistic / statistic - 1)).toBeLessThan(0.06)
    expect(Math.abs(found.pLower - lower)).toBeLessThan(near(lower))
    expect(Math.abs(found.pValue - consistent)).toBeLessThan(near(consistent))
    expect(Math.abs(found.pUpper - upper)).toBeLessThan(near(upper))
    expect(Math.abs(found.realityCheck - realityCheck)).toBeLessThan(near(realityCheck))
    expect(found.pLower).toBeLessThanOrEqual(found.pValue)
    expect(found.pValue).toBeLessThanOrEqual(found.pUpper)
  })

  it('is seldom fooled by the best of twenty that know nothing', () => {
    let fooled = 0
    for (let trial = 0; trial < 40; trial++) {
      const normal = normalSource(100 + trial)
      const gains = Array.from({ length: 20 }, () => Float64Array.from({ length: 200 }, () => normal()))
      if (superiorAbility(gains, { meanBlockRows: 2, draws: 200 }).pValue < 0.05) fooled++
    }
    // 5 % of 40 is 2; more than 8 has a chance below one in a thousand.
    expect(fooled).toBeLessThanOrEqual(8)
  })

  it('finds the one that is better', () => {
    const normal = normalSource(9)
    const gains = Array.from({ length: 10 }, (_, k) => Float64Array.from({ length: 400 }, () => normal() + (k === 6 ? 0.4 : 0)))
    const frozen = gains.map((series) => Float64Array.from(series))
    const { best, pValue, realityCheck } = superiorAbility(gains, { meanBlockRows: 5, draws: 500 })
    expect(best).toBe(6)
    expect(pValue).toBeLessThan(0.01)
    expect(realityCheck).toBeLessThan(0.01)
    expect(gains).toEqual(frozen)
  })

  it('says 1 where nobody gains', () => {
    expect(superiorAbility([Float64Array.from({ length: 50 }, (_, row) => -1 - (row % 3))], { meanBlockRows: 2, draws: 100 }).pUpper).toBe(1)
    expect(superiorAbility([new Float64Array(50)], { meanBlockRows: 2, draws: 100 })).toMatchObject({ statistic: 0, pValue: 1 })
  })

  it('refuses none, and lengths that differ', () => {
    expect(() => superiorAbility([], { meanBlockRows: 2 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => superiorAbility([new Float64Array(50), new Float64Array(51)], { meanBlockRows: 2 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => superiorAbility([new Float64Array(5)], { meanBlockRows: 2 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
