import type { LabelledFrame, OnlineLearner } from '@rxlob/core'
import { prequential } from '@rxlob/evaluation'
import { adaptiveEnsemble, equalWeights, fitStack, hedge, stackedEnsemble, type FittedStack } from '@rxlob/models/ensemble'
import { recordedForecast, type ClassesOutput, type TrainedFold } from '@rxlob/models/tfjs'

export interface StudyEnsembleOptions {
  readonly frame: LabelledFrame
  readonly target: string
  readonly output: ClassesOutput
  readonly fold: TrainedFold
  /** By model, row-major [rows of the frame, 3], defined on the validation and the test rows. */
  readonly members: Readonly<Record<string, Float32Array>>
}

export interface StudyEnsembles {
  /** By ensemble, row-major [rows of the frame, 3], defined on the test rows. */
  readonly probabilities: Readonly<Record<string, Float32Array>>
  /** Validation rows alone: fitted on the first seven tenths, scored on the others. */
  readonly trial: FittedStack['trial']
  /** Weights of `ensemble_hedge` once the last outcome was in. */
  readonly lastWeights: Readonly<Record<string, number>>
}

/**
 * The models of the study combined by `@rxlob/models/ensemble` in three ways that no test row decides: a stack fitted on the validation rows, the plain average, and
 * Hedge's weights, which start at the validation rows and move with each outcome once it is known.
 */
export function studyEnsembles({ frame, target, output, fold, members }: StudyEnsembleOptions): StudyEnsembles {
  const { validation, test } = fold
  const recorded = Object.entries(members).map(([name, probabilities]) => (): OnlineLearner => recordedForecast({ name, output, frame, probabilities }))
  const now = recorded.map((create) => create())
  // Between the two blocks lie a horizon and a window: no outcome of a validation row is of a test row.
  const stack = fitStack({ run: prequential({ frame: labelledWithin(frame, target, validation.from, validation.to), target, learners: now, scoreFrom: validation.from }) })
  const moving = adaptiveEnsemble({ members: recorded, name: 'ensemble_hedge', weighting: hedge({ rows: test.to - validation.from }) })
  const learners = [stackedEnsemble({ members: now, stack, name: 'ensemble_stack' }), adaptiveEnsemble({ members: recorded, name: 'ensemble_average', weighting: equalWeights() }), moving]
  const run = prequential({ frame: labelledWithin(frame, target, validation.from, frame.length), target, learners, scoreFrom: test.from })
  const probabilities = Object.fromEntries(run.forecasts.map((forecast) => {
    const all = new Float32Array(frame.length * 3).fill(NaN)
    run.rows.forEach((row, at) => all.set(forecast.probabilities.subarray(at * 3, at * 3 + 3), row * 3))
    return [forecast.name, all]
  }))
  return { probabilities, trial: stack.trial, lastWeights: moving.weights() }
}

/** The frame with the labels of a range alone: before it the models were trained. */
function labelledWithin(frame: LabelledFrame, target: string, from: number, to: number): LabelledFrame {
  const column = frame.targets[target]!.map((value, row) => (row >= from && row < to ? value : NaN))
  return { ...frame, targets: { ...frame.targets, [target]: column } }
}
