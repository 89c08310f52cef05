import { integerOption, LobError, numberOption, type FeatureWindow, type InputSpec, type OnlineLearner, type OutputSpec } from '@rxlob/core'
import { checkOutcome } from '../online/check-outcome.js'
import { checkShape } from '../online/check-shape.js'
import { fillInput, scalingOf, type Scaling } from './input-scaling.js'
import { savedState, type SavedState } from './saved-state.js'

/** Options of every learner whose inputs are the numbers of the window, scaled. */
export interface InputLearnerOptions {
  /** What it reads. Every number of the window is an input of its own. With a `scaler` there is no warm-up. */
  readonly input: InputSpec
  readonly output: OutputSpec
  readonly name?: string
  /** Share of its evidence that is kept with each learned row, above 0 to 1: the memory is 1 / (1 - forgetting) rows. Default 0.9999. */
  readonly forgetting?: number
  /** Learned rows that fix the scaling where `input` has none, 2 or more; they are absorbed when it is fixed. Default 500. */
  readonly warmUpRows?: number
  /** Scaled inputs are cut at this many deviations, above 0: one wild value must not buy certainty. Default 5. */
  readonly clipDeviations?: number
}

/** What a learner makes of rows whose first number is 1 and whose others are scaled inputs. */
export interface InputModel {
  predict(x: Float64Array): Float32Array
  absorb(x: Float64Array, target: number, weight: number): void
  /** Plain JSON data, its own. */
  save(): Readonly<Record<string, unknown>>
  /** Checks all of it; what is returned then takes it over. */
  load(saved: SavedState): () => void
}

export interface LearnedRow {
  readonly data: Float32Array
  readonly target: number
  readonly weight: number
}

export interface InputLearnerPlan extends InputLearnerOptions {
  readonly name: string
  /** Of the state, with its version 1. */
  readonly kind: string
  readonly model: InputModel
  /** The answer while the scaling is not fixed. */
  readonly unscaled: (rows: readonly LearnedRow[]) => Float32Array
}

export interface InputLearner {
  readonly learner: OnlineLearner
  /** The scaled inputs of a window, lent until the next call; undefined while the scaling is not fixed. */
  scaled(window: FeatureWindow): Float64Array | undefined
}

/**
 * An `OnlineLearner` from a model of scaled inputs: checks, scaling, warm-up and the state around it.
 *
 * Scaling: (x - mean) / deviation by column, from `input.scaler`, else from the first `warmUpRows` learned rows and then fixed.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 */
export function inputLearner(plan: InputLearnerPlan): InputLearner {
  const { name, kind, input, output, model, unscaled } = plan
  const columns = input.columns.length
  const inputs = input.length * columns
  const warmUpRows = integerOption('warmUpRows', plan.warmUpRows ?? 500, 2)
  const clip = numberOption('clipDeviations', plan.clipDeviations ?? 5, Number.MIN_VALUE, Infinity)
  const x = new Float64Array(inputs + 1)
  let scaling: Scaling | undefined
  let warm = input.scaler !== undefined
  let warmUp: LearnedRow[] = []

  const absorb = ({ data, target, weight }: LearnedRow): void => {
    fillInput(name, x, data, scaling, clip)
    model.absorb(x, target, weight)
  }

  const learner: OnlineLearner = {
    contract: 1,
    name,
    input,
    output,
    predict(window) {
      checkShape(name, input, window)
      fillInput(name, x, window.data, scaling, clip)
      return warm ? model.predict(x) : unscaled(warmUp)
    },
    learn(window: FeatureWindow, target, weight = 1) {
      checkShape(name, input, window)
      checkOutcome(name, output, target, weight)
      if (warm) {
        absorb({ data: window.data, target, weight })
        return
      }
      fillInput(name, x, window.data, undefined, Infinity)
      warmUp.push({ data: Float32Array.from(window.data), target, weight })
      if (warmUp.length < warmUpRows) return
      scaling = scalingOf(warmUp.map(({ data }) => data.subarray(inputs - columns)), columns)
      warm = true
      for (const row of warmUp) absorb(row)
      warmUp = []
    },
    save: () => ({
      model: kind,
      version: 1,
      // Copies: the state must not change with what was handed in.
      input: JSON.parse(JSON.stringify(input)) as InputSpec,
      output: labelOf(output),
      warm,
      ...(scaling !== undefined && { scaling: { mean: [...scaling.mean], scale: [...scaling.scale] } }),
      warmUp: warmUp.map(({ data, target, weight }) => ({ data: [...data], target, weight })),
      ...model.save(),
    }),
    load(state) {
      const saved = savedState(name, state)
      if (saved.value('model') !== kind || saved.value('version') !== 1) throw saved.broken('model or version')
      saved.same('input', input)
      saved.same('output', labelOf(output))
      const loadedWarm = saved.flag('warm')
      const loadedRows = saved.states('warmUp').map((row) => {
        const [target, weight] = [row.number('target'), row.number('weight')]
        try {
          checkOutcome(name, output, target, weight)
        } catch (error) {
          throw error instanceof LobError ? saved.broken('warmUp') : error
        }
        return { data: Float32Array.from(row.numbers('data', inputs)), target, weight }
      })
      const given = saved.has('scaling') ? saved.state('scaling') : undefined
      const loadedScaling = given && { mean: Float64Array.from(given.numbers('mean', columns)), scale: Float64Array.from(given.numbers('scale', columns)) }
      const takeOver = model.load(saved)
      takeOver()
      scaling = loadedScaling
      warm = loadedWarm
      warmUp = loadedRows
    },
  }
  return {
    learner,
    scaled(window) {
      checkShape(name, input, window)
      fillInput(name, x, window.data, scaling, clip)
      return warm ? x : undefined
    },
  }
}

/** What a state must have been saved with: the horizon may be stated anew. */
const labelOf = (output: OutputSpec): unknown => (output.kind === 'classes' ? [...output.classes] : output.unit)
