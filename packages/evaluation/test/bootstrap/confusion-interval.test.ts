import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { accuracy, bootstrapInterval, confusionInterval, confusionMatrix, macroF1, matthewsCorrelation, meanInterval } from '../../src/index.js'

const random = seededRandom(8)
const truth = Array.from({ length: 400 }, () => Math.floor(random() * 3))
const calls = truth.map((value) => (random() < 0.5 ? value : Math.floor(random() * 3)))
const options = { meanBlockRows: 20, draws: 300, seed: 2 }

describe('confusionInterval', () => {
  it.each([accuracy, macroF1, matthewsCorrelation])('resamples as if row by row: %o', (metric) => {
    const slow = bootstrapInterval(400, (rows) => {
      const picked = [...rows]
      return metric(confusionMatrix(picked.map((row) => truth[row]!), picked.map((row) => calls[row]!), { classes: 3 }))
    }, options)
    expect(confusionInterval(metric, truth, calls, { classes: 3, ...options })).toEqual(slow)
  })

  it('agrees with the mean of right calls', () => {
    const right = truth.map((value, row) => Number(value === calls[row]))
    const mean = meanInterval(right, options)
    const share = confusionInterval(accuracy, truth, calls, { classes: 3, ...options })
    for (const end of ['value', 'low', 'high'] as const) expect(share[end]).toBeCloseTo(mean[end], 12)
  })

  it('refuses what is no class', () => {
    expect(() => confusionInterval(accuracy, [0, 3], [0, 1], { classes: 3, meanBlockRows: 1 })).toThrow('Row 1')
  })
})
