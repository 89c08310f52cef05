import { describe, expect, it } from 'vitest'
import { skillOf, studyOf } from './canary.js'

describe('canary (c): features shifted into the future', () => {
  it('make skill jump where there is none: the harness would show a leak', async () => {
    const study = await studyOf({ accuracy: 0.5 }, 43)
    const { columns } = study
    const honest = skillOf(study).accuracy
    // Each row is given the features of the row that settles its label.
    const leaked = skillOf({ columns, inputs: study.inputs.subarray(columns), targets: study.targets.subarray(0, -1) }).accuracy
    expect(honest.high).toBeLessThan(0.6)
    expect(leaked.low).toBeGreaterThan(0.8)
  })
})
