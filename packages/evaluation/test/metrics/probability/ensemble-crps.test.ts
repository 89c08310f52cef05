import { describe, expect, it } from 'vitest'
import { ensembleCrps } from '../../../src/index.js'
import { metricsGolden } from '../../golden/golden.js'

describe('ensembleCrps', () => {
  it('A17', () => {
    const members = [-0.5, 0.1, 0.4, 1.2]
    expect(ensembleCrps(0.3, members)).toBeCloseTo(0.1625, 9)
    expect(ensembleCrps(0.3, members, { fair: true })).toBeCloseTo(0.05, 9)
  })

  it.each(metricsGolden.crpsEnsemble)('equals the double loop at $y', ({ members, y, plain, fair }) => {
    const shuffled = [...members].reverse()
    expect(ensembleCrps(y, shuffled)).toBeCloseTo(plain, 12)
    expect(ensembleCrps(y, shuffled, { fair: true })).toBeCloseTo(fair, 12)
  })

  it('is the absolute error of one member, NaN of none', () => {
    expect(ensembleCrps(3, [1])).toBe(2)
    expect(ensembleCrps(3, [1], { fair: true })).toBeNaN()
    expect(ensembleCrps(3, [])).toBeNaN()
  })
})
