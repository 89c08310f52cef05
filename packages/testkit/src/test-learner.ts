import type { FeatureWindow, OnlineLearner } from '@rxlob/core'
import { isDeepStrictEqual } from 'node:util'
import type { Check } from './check.js'
import { copyWindow, scrambleWindow } from './copy-window.js'
import { demand } from './demand.js'
import { demandRefusal } from './demand-refusal.js'
import { madeUpExamples, type Example } from './made-up-windows.js'
import { checkOutput, checkSame } from './output-checks.js'
import { testPredictor, type TestPredictorOptions } from './test-predictor.js'

export interface TestLearnerOptions extends TestPredictorOptions {
  /** False for a learner that has nothing to learn. Default true. */
  readonly learns?: boolean
}

/**
 * The learner contract as checks: all of the predictor's, and besides that learning changes neither argument, moves the
 * prediction towards what was seen, is the same to the bit each time, and that `load(save())` is the same learner.
 *
 * @param create A new learner, which has learned nothing, for each check.
 * @example
 * for (const check of testLearner(() => bayesianLogistic({ input, output }))) it(check.name, check.run)
 */
export function testLearner(create: () => OnlineLearner | Promise<OnlineLearner>, options: TestLearnerOptions = {}): Check[] {
  const { learns = true } = options
  const check = (name: string, body: (learner: OnlineLearner, examples: Example[]) => void | Promise<void>): Check => ({
    name,
    async run() {
      const learner = await create()
      await body(learner, madeUpExamples(learner.input, learner.output, 200))
    },
  })

  const checks: Check[] = [
    ...testPredictor(create, options),
    check('gives well-formed outputs before, while and after it learns', (learner, examples) => {
      for (const { window, target } of examples) {
        checkOutput(learner, learner.predict(window), `window ${window.row}, after ${window.row} examples`)
        learner.learn(window, target)
      }
    }),
    check('changes nothing of the window it learns from', (learner, examples) => {
      for (const { window, target } of examples) {
        const before = window.data.slice()
        learner.learn(Object.freeze({ ...window, shape: Object.freeze(window.shape) }), target)
        checkSame(learner, window.data, before, `the data of window ${window.row} after learning it`)
      }
    }),
    check('keeps nothing of the window it learns from', async (learner, examples) => {
      const other = await create()
      for (const { window, target } of examples) {
        const lent = copyWindow(window)
        other.learn(lent, target)
        scrambleWindow(lent)
        learner.learn(window, target)
      }
      demandEqual(learner, other, examples, 'windows overwritten after they were learned')
    }),
    check('learns the same bits from the same examples, and shares nothing with another', async (learner, examples) => {
      const other = await create()
      const before = examples.map(({ window }) => [...other.predict(window)])
      examples.forEach(({ window, target }) => learner.learn(window, target))
      examples.forEach(({ window }, at) => checkSame(other, other.predict(window), before[at]!, `window ${window.row}, after another learner learned`))
      examples.forEach(({ window, target }) => other.learn(window, target))
      demandEqual(learner, other, examples, 'a second learner of the same examples')
    }),
    check('does not learn from what it predicts', async (learner, examples) => {
      const other = await create()
      for (const { window, target } of examples) {
        for (const asked of examples.slice(0, 3)) learner.predict(asked.window)
        learner.learn(window, target)
        other.learn(window, target)
      }
      demandEqual(learner, other, examples, 'a learner that was never asked')
    }),
    check('saves plain JSON', (learner, examples) => {
      examples.forEach(({ window, target }) => learner.learn(window, target))
      const state = learner.save()
      const parsed: unknown = JSON.parse(JSON.stringify(state) ?? 'null')
      demand(isDeepStrictEqual(parsed, state), () => `${learner.name}: save() gives what JSON does not keep (typed arrays, NaN, undefined, classes): ${firstLoss(state, parsed)}.`)
    }),
    check('loads what it saved, and goes on from there as if it had never stopped', async (learner, examples) => {
      const half = examples.length / 2
      examples.slice(0, half).forEach(({ window, target }) => learner.learn(window, target))
      const other = await create()
      other.load(JSON.parse(JSON.stringify(learner.save())) as unknown)
      demandEqual(learner, other, examples, 'a learner loaded from its state')
      for (const { window, target } of examples.slice(half)) {
        learner.learn(window, target)
        other.learn(window, target)
      }
      demandEqual(learner, other, examples, 'a learner loaded from its state, after more examples')
    }),
    check('load replaces all that was learned before it', async (learner, examples) => {
      const fresh = (await create()).save()
      examples.forEach(({ window, target }) => learner.learn(window, target))
      learner.load(fresh)
      demandEqual(learner, await create(), examples, 'a fresh state loaded over a used one')
    }),
    check('its saved state is its own', async (learner, examples) => {
      const [first, ...rest] = examples as [Example, ...Example[]]
      learner.learn(first.window, first.target)
      const state = learner.save()
      const text = JSON.stringify(state)
      rest.forEach(({ window, target }) => learner.learn(window, target))
      demand(JSON.stringify(state) === text, () => `${learner.name}: a saved state changes as the learner goes on.`)
      const other = await create()
      other.load(state)
      const before = rest.map(({ window }) => [...other.predict(window)])
      rest.forEach(({ window, target }) => other.learn(window, target))
      demand(JSON.stringify(state) === text, () => `${learner.name}: learning changes the state that was loaded.`)
      const third = await create()
      const loaded = JSON.parse(text) as unknown
      third.load(loaded)
      overwriteNumbers(loaded)
      rest.forEach(({ window }, at) => checkSame(learner, third.predict(window), before[at]!, `window ${window.row}, once the loaded state was overwritten by its owner`))
    }),
    check('refuses to learn windows of another shape with LOB_COLUMN_MISMATCH', async (learner, [example]) => {
      const { length, columns } = learner.input
      const wrong: FeatureWindow = { ...example!.window, data: new Float32Array(length * (columns.length + 1)), shape: [length, columns.length + 1] }
      await demandRefusal(learner.name, `learning a window of ${columns.length + 1} columns`, () => learner.learn(wrong, 0), 'LOB_COLUMN_MISMATCH')
    }),
  ]
  if (learns) {
    checks.push(
      check('moves its prediction towards what it has seen', async (_, examples) => {
        const { window } = examples[0]!
        for (const target of (await create()).output.kind === 'classes' ? [0, 1] : [-1, 1]) {
          const learner = await create()
          const before = distance(learner, window, target)
          for (let time = 0; time < 50; time++) learner.learn(window, target)
          const after = distance(learner, window, target)
          demand(after < before, () => `${learner.name}: after 50 times the same example with target ${target} the prediction is ${after} away from it, before ${before}.`)
        }
      }),
      check('refuses targets that are none', async (learner, examples) => {
        const { window } = examples[0]!
        const wrong = learner.output.kind === 'classes' ? [-1, 0.5, learner.output.classes.length, NaN] : [NaN, Infinity]
        for (const target of wrong) await demandRefusal(learner.name, `the target ${target}`, () => learner.learn(window, target))
      }),
      check('refuses to load what is no state of its own', async (learner) => {
        for (const state of [undefined, 7, 'state', {}, []]) await demandRefusal(learner.name, `loading ${JSON.stringify(state)}`, () => learner.load(state))
      }),
    )
  }
  return checks
}

function demandEqual(learner: OnlineLearner, other: OnlineLearner, examples: readonly Example[], what: string): void {
  for (const { window } of examples) checkSame(learner, other.predict(window), learner.predict(window), `${what}: window ${window.row}`)
}

/** How far a prediction is from a target: one minus its probability, or the distance of the mean. */
function distance(learner: OnlineLearner, window: FeatureWindow, target: number): number {
  const values = learner.predict(window)
  return learner.output.kind === 'classes' ? 1 - values[target]! : Math.abs(values[0]! - target)
}

/** Path of the first part of a state that did not come back from JSON. */
function firstLoss(state: unknown, parsed: unknown, path = 'state'): string {
  if (state === null || typeof state !== 'object' || parsed === null || typeof parsed !== 'object') return `${path} was ${String(state)}, came back as ${String(parsed)}`
  const lost = Object.entries(state).find(([key, value]) => !isDeepStrictEqual(value, (parsed as Record<string, unknown>)[key]))
  return lost ? firstLoss(lost[1], (parsed as Record<string, unknown>)[lost[0]], `${path}.${lost[0]}`) : `${path} came back as another kind of object`
}

function overwriteNumbers(value: unknown): void {
  if (value === null || typeof value !== 'object') return
  for (const [key, part] of Object.entries(value)) {
    if (typeof part === 'number') (value as Record<string, unknown>)[key] = 1e9
    else overwriteNumbers(part)
  }
}
