import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { gapLearner } from '../src/gap-learner.js'

const second = 1_000_000
/** Exponential gaps with this mean. */
function learned(meanMicros: number, gaps: number): number {
  const random = seededRandom(4)
  const learner = gapLearner()
  for (let i = 0; i < gaps; i++) learner.learn(-Math.log(1 - random()) * meanMicros)
  return learner.limitMicros
}

describe('what is normal', () => {
  it('is 60 s while little is known', () => expect(learned(second / 10, 199)).toBe(60 * second))
  it('is at least 5 s', () => expect(learned(second / 100, 5000)).toBe(5 * second))
  it('is at most 60 s', () => expect(learned(20 * second, 5000)).toBe(60 * second))
  it('is five times the 99.9 % quantile, a quarter too large at most', () => {
    // The quantile of exponential gaps is the mean times ln 1000.
    const exact = 5 * Math.log(1000) * (second / 2)
    const found = learned(second / 2, 200_000)
    expect(found).toBeGreaterThan(exact * 0.9)
    expect(found).toBeLessThan(exact * 1.3)
  })
  it('is strange long before it is alarming: five times the longest of few gaps', () => {
    const learner = gapLearner()
    for (let i = 0; i < 19; i++) learner.learn(100_000)
    expect(learner.lullMicros).toBe(Infinity)
    learner.learn(200_000)
    expect(learner.lullMicros).toBeGreaterThanOrEqual(second)
    expect(learner.lullMicros).toBeLessThan(1.25 * second)
    for (let i = 0; i < 100; i++) learner.learn(50 * second)
    expect(learner.lullMicros).toBe(60 * second)
  })
  it('fades: a market that turned slow is known to be slow', () => {
    const learner = gapLearner()
    for (let i = 0; i < 100_000; i++) learner.learn(1000)
    expect(learner.limitMicros).toBe(5 * second)
    for (let i = 0; i < 2000; i++) learner.learn(3 * second)
    expect(learner.limitMicros).toBeGreaterThan(14 * second)
  })
})
