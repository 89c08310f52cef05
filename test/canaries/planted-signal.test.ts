import { describe, expect, it } from 'vitest'
import { skillOf, studyOf } from './canary.js'

describe('canary (d): a planted signal', () => {
  it.each([0.6, 0.75])('of accuracy %d is recovered, and not more', async (planted) => {
    const { accuracy } = skillOf(await studyOf({ accuracy: planted }, 44))
    expect(accuracy.low).toBeLessThan(planted)
    expect(accuracy.high).toBeGreaterThan(planted)
  })
})
