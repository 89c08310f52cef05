import { LobError, type FeatureWindow, type InputSpec, type OnlineLearner, type Predictor } from '@rxlob/core'
import { savedState } from '../bayes/saved-state.js'
import { asOfMember } from '../online/as-of-member.js'
import { checkOutcome } from '../online/check-outcome.js'
import { checkShape } from '../online/check-shape.js'
import type { FittedStack } from './fit-stack.js'
import { memberView } from './member-view.js'
import { sharedOutput } from './shared-output.js'
import { writeStackInputs } from './stack-inputs.js'

export interface StackedEnsembleOptions {
  /** What it reads: the features of all members, with the longest window. Default: the first member's, if it serves all. */
  readonly input?: InputSpec
  /** Of the names, and in the order, that the stack was fitted with. All answer at once; learners go on learning, in place. */
  readonly members: readonly Predictor[]
  readonly stack: FittedStack
  /** Default `stacked_ensemble`. */
  readonly name?: string
}

/**
 * Members combined by a fitted last step (`fitStack`). The members learn on; the last step stays as it was fitted.
 *
 * Cost: every member's and the last step's.
 *
 * @throws {LobError} LOB_BAD_OPTION where members are not those of the stack or answer other classes; LOB_COLUMN_MISMATCH where `input` does not
 *   serve a member; LOB_MODEL where a member answers with a promise or a target is none.
 */
export function stackedEnsemble(options: StackedEnsembleOptions): OnlineLearner {
  const { members, stack } = options
  const name = options.name ?? 'stacked_ensemble'
  const output = sharedOutput(name, members)
  const input = options.input ?? members[0]!.input
  const names = members.map((member) => member.name)
  if (names.join('\n') !== stack.members.join('\n')) throw new LobError('LOB_BAD_OPTION', `Option members: ${name}: the stack was fitted with ${stack.members.join(', ')}, got ${names.join(', ')}.`)
  if (output.kind !== 'classes' || output.classes.join('\n') !== stack.classes.join('\n')) {
    throw new LobError('LOB_BAD_OPTION', `Option members: ${name}: the stack was fitted on the classes ${stack.classes.join(', ')}.`)
  }
  const classes = output.classes.length
  const views = members.map((member) => memberView(name, member, input))
  // Each is asked for what it says now; no second one is needed.
  const now = members.map((member) => asOfMember(name, () => member, false))
  const inputs = new Float64Array(members.length * (classes - 1))
  return {
    contract: 1,
    name,
    input,
    output,
    predict(window: FeatureWindow) {
      checkShape(name, input, window)
      now.forEach((member, i) => writeStackInputs(member.predict(views[i]!(window)), 0, classes, inputs, i * (classes - 1)))
      return Float32Array.from(stack.combine(inputs))
    },
    learn(window, target, weight = 1) {
      checkShape(name, input, window)
      checkOutcome(name, output, target, weight)
      now.forEach((member, i) => member.learn(views[i]!(window), target, weight))
    },
    close: async () => void (await Promise.all(members.map((member) => member.close?.()))),
    save: () => ({ model: 'stacked_ensemble', version: 1, input: JSON.parse(JSON.stringify(input)) as InputSpec, names, meta: stack.meta, members: now.map((member) => member.save()) }),
    load(state) {
      const saved = savedState(name, state)
      if (saved.value('model') !== 'stacked_ensemble' || saved.value('version') !== 1) throw saved.broken('model or version')
      saved.same('input', input)
      saved.same('names', names)
      saved.same('meta', stack.meta)
      const parts = saved.states('members')
      if (parts.length !== now.length) throw saved.broken('members')
      now.forEach((member, i) => member.load(parts[i]!))
    },
  }
}
