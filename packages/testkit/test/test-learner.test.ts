import type { FeatureWindow, OnlineLearner } from '@rxlob/core'
import { expect, it } from 'vitest'
import { testLearner, type TestLearnerOptions } from '../src/index.js'
import { brokenChecks } from './broken-checks.js'
import { softmaxLearner } from './softmax-learner.js'

/** Checks that fail for a learner changed from the good one. */
const fails = async (change: (good: OnlineLearner) => Partial<OnlineLearner>, options: TestLearnerOptions = {}): Promise<Record<string, string>> =>
  brokenChecks(testLearner(() => { const good = softmaxLearner(); return { ...good, ...change(good) } }, options))
const names = async (change: (good: OnlineLearner) => Partial<OnlineLearner>): Promise<string[]> => Object.keys(await fails(change))

it('a good one passes', async () => expect(await fails(() => ({}))).toEqual({}))

it('one with nothing to learn passes where it says so', async () => {
  const still = (): Partial<OnlineLearner> => ({ learn: (window, target) => softmaxLearner().learn(window, target), save: () => null, load: () => {} })
  expect(await fails(still, { learns: false })).toEqual({})
  expect(Object.keys(await fails(still))).toEqual(['moves its prediction towards what it has seen', 'refuses to load what is no state of its own'])
})

it('a window changed while it is learned', async () => {
  const rule = 'changes nothing of the window it learns from'
  expect(await names((good) => ({ learn: (window, target) => { good.learn(window, target); window.data[0] = 0 } }))).toContain(rule)
  expect((await fails((good) => ({ learn: (window, target) => { good.learn(window, target); (window as { row: number }).row = 0 } })))[rule]).toMatch(/read only property 'row'/)
})

it('a window kept and learned late', async () => {
  const late = (good: OnlineLearner): Partial<OnlineLearner> => {
    let waiting: [FeatureWindow, number] | undefined
    return { learn(window, target) { if (waiting) good.learn(...waiting); else softmaxLearner().learn(window, target); waiting = [window, target] } }
  }
  expect(await names(late)).toContain('keeps nothing of the window it learns from')
})

it('two that share their weights', async () => {
  const shared = softmaxLearner()
  expect(Object.keys(await brokenChecks(testLearner(() => shared)))).toContain('learns the same bits from the same examples, and shares nothing with another')
})

it('random learning', async () => {
  expect(await names((good) => ({ learn: (window, target) => { if (Math.random() < 0.5) good.learn(window, target); else softmaxLearner().learn(window, target) } })))
    .toContain('learns the same bits from the same examples, and shares nothing with another')
})

it('learning from what it predicts', async () => {
  expect(await names((good) => ({ predict: (window) => { const answer = good.predict(window); good.learn(window, answer.indexOf(Math.max(...answer))); return answer } })))
    .toEqual(expect.arrayContaining(['does not learn from what it predicts', 'gives the same bits for the same window, whatever came between']))
})

it('a state that JSON does not keep', async () => {
  const messages = await fails((good) => ({
    save: () => ({ weights: (good.save() as { weights: number[][] }).weights.map((row) => Float64Array.from(row)) }),
    load: (state) => good.load({ weights: (state as { weights?: object[] } | undefined)?.weights?.map((row) => Object.values(row)) }),
  }))
  expect(messages).toEqual({ 'saves plain JSON': 'softmax: save() gives what JSON does not keep (typed arrays, NaN, undefined, classes): state.weights.0 came back as another kind of object.' })
  expect((await fails((good) => ({ save: () => ({ ...(good.save() as object), loss: NaN }) })))['saves plain JSON']).toMatch(/state.loss was NaN, came back as null/)
})

it('a state that forgets something', async () => {
  const counting = (good: OnlineLearner): Partial<OnlineLearner> => {
    let seen = 0
    return { learn: (window, target) => { if (seen++ % 3 === 0) good.learn(window, target); else softmaxLearner().learn(window, target) } }
  }
  expect(await names(counting)).toContain('loads what it saved, and goes on from there as if it had never stopped')
})

it('a load that adds to what was there', async () => {
  expect(await names((good) => {
    let used = false
    return { learn: (window, target) => { good.learn(window, target); used = true }, load: (state) => { if (!used || !state || !(state as { weights?: unknown }).weights) good.load(state) } }
  })).toContain('load replaces all that was learned before it')
})

it('a state that is not its own', async () => {
  const rule = 'its saved state is its own'
  const live = (): OnlineLearner => {
    const good = softmaxLearner()
    const state: { weights: number[][] } = good.save() as { weights: number[][] }
    return { ...good, learn(window, target) { good.learn(window, target); state.weights = (good.save() as { weights: number[][] }).weights }, save: () => state }
  }
  expect(Object.keys(await brokenChecks(testLearner(live)))).toContain(rule)
  const borrowing = (): OnlineLearner => {
    const good = softmaxLearner()
    let borrowed: unknown
    return {
      ...good,
      load: (state) => { good.load(state); borrowed = state },
      predict: (window) => { if (borrowed) good.load(borrowed); return good.predict(window) },
      learn: (window, target) => { good.learn(window, target); borrowed = undefined },
    }
  }
  expect((await brokenChecks(testLearner(borrowing)))[rule]).toMatch(/once the loaded state was overwritten by its owner/)
})

it('learning the wrong way round', async () => {
  expect(await names((good) => ({ learn: (window, target) => { softmaxLearner().learn(window, target); good.learn(window, (target + 1) % 3) } }))).toEqual(['moves its prediction towards what it has seen'])
})

it('what is no target, window or state taken', async () => {
  expect(await names((good) => ({ learn: (window, target) => { if (window.data.length === 6) good.learn(window, [0, 1, 2].includes(target) ? target : 0); else good.learn(window, target) } }))).toEqual(['refuses targets that are none'])
  expect(await names((good) => ({ learn: (window, target) => { if (window.data.length === 6) good.learn(window, target) } }))).toEqual(['refuses to learn windows of another shape with LOB_COLUMN_MISMATCH'])
  expect(await names((good) => ({ load: (state) => { if ((state as { weights?: unknown } | undefined)?.weights) good.load(state) } }))).toEqual(['refuses to load what is no state of its own'])
})

it('probabilities that break while it learns', async () => {
  let learned = 0
  expect(await names((good) => ({ learn: (window, target) => { learned++; good.learn(window, target) }, predict: (window) => (learned > 5 ? good.predict(window).map((value) => value * 2) : good.predict(window)) })))
    .toContain('gives well-formed outputs before, while and after it learns')
})
