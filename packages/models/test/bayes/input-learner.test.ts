import { describe, expect, it } from 'vitest'
import { bayesianLogistic } from '../../src/bayes/index.js'
import { classesOutput, logisticRows, rawInput, scaledInput } from './random-rows.js'

const rows = logisticRows([[0, -1, 0.4], [0.5, 0, -0.3], [-0.2, 1, 0.2]], 120, 9)
const learnerOf = (warmUpRows = 40) => bayesianLogistic({ input: rawInput(2), output: classesOutput(3), warmUpRows, forgetting: 0.995 })

describe('the state of an input learner', () => {
  it.each([0, 39, 40, 41, 100])('goes through JSON after %d rows and on with the same bits', (count) => {
    const [first, second] = [learnerOf(), learnerOf()]
    for (const { window, target } of rows.slice(0, count)) first.learn(window, target, 0.5 + (target / 3))
    second.load(JSON.parse(JSON.stringify(first.save())))
    for (const { window, target } of rows.slice(count)) {
      expect(second.predict(window)).toEqual(first.predict(window))
      first.learn(window, target)
      second.learn(window, target)
    }
    expect(second.save()).toEqual(first.save())
  })

  it('of another wiring is refused, and nothing is loaded', () => {
    const other = bayesianLogistic({ input: rawInput(2), output: classesOutput(3), warmUpRows: 40 })
    const mismatch = (what: string) => expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH', message: expect.stringContaining(what) })
    const untouched = other.save()
    expect(() => other.load(bayesianLogistic({ input: rawInput(3), output: classesOutput(3) }).save())).toThrow(mismatch('the input'))
    expect(() => other.load(bayesianLogistic({ input: rawInput(2, 2), output: classesOutput(3) }).save())).toThrow(mismatch('the input'))
    expect(() => other.load(bayesianLogistic({ input: scaledInput(2), output: classesOutput(3) }).save())).toThrow(mismatch('the input'))
    expect(() => other.load(bayesianLogistic({ input: rawInput(2), output: classesOutput(2) }).save())).toThrow(mismatch('the output'))
    expect(other.save()).toEqual(untouched)
  })

  it('that was not made by save is refused', () => {
    const learner = learnerOf()
    for (const { window, target } of rows.slice(0, 60)) learner.learn(window, target)
    const good = learner.save() as Record<string, unknown>
    const broken = (what: string) => expect.objectContaining({ code: 'LOB_MODEL', message: expect.stringContaining(what) })
    for (const bad of [undefined, null, 7, 'state', {}, { ...good, version: 2 }]) expect(() => learner.load(bad)).toThrow(broken('not as save() writes it'))
    for (const [field, value] of Object.entries({ mean: [1, 2], covariance: 'x', scaling: { mean: [0], scale: [1] }, sinceForgetting: null, warm: 1, warmUp: 3 })) {
      expect(() => learner.load({ ...good, [field]: value })).toThrow(broken(field))
    }
    expect(() => learner.load({ ...good, mean: (good['mean'] as number[]).map(() => NaN) })).toThrow(broken('mean'))
    expect(() => learner.load({ ...good, warmUp: [{ data: [1, 2], target: 3, weight: 1 }] })).toThrow(broken('warmUp'))
    expect(() => learner.load({ ...good, warmUp: [null] })).toThrow(broken('warmUp'))
    expect(learner.save()).toEqual(good)
  })
})
