import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { skillOf, studyOf } from './canary.js'

describe('canary (b): labels permuted by blocks', () => {
  it('take the skill of a planted signal away', async () => {
    const study = await studyOf({ accuracy: 0.7 }, 42)
    expect(skillOf(study).overMajority.low).toBeGreaterThan(0.1)

    const block = 10
    const random = seededRandom(3)
    const blocks = Array.from({ length: Math.floor(study.targets.length / block) }, (_, at) => ({ at, key: random() })).sort((a, b) => a.key - b.key)
    const targets = Float64Array.from(blocks.flatMap(({ at }) => [...study.targets.subarray(at * block, (at + 1) * block)]))
    const { accuracy } = skillOf({ ...study, targets })
    expect(accuracy.low).toBeLessThan(0.5)
    expect(accuracy.high).toBeGreaterThan(0.5)
  })
})
