import { LobError, type OnlineLearner, type Predictor } from '@rxlob/core'
import { savedState } from '../bayes/saved-state.js'
import type { Calibration } from './calibration.js'
import { calibrateProbabilities } from './calibrate-probabilities.js'

/**
 * A predictor or learner whose probabilities are calibrated. All else is its own: learning, state, batches, closing.
 *
 * The calibration stays as it was fitted, also where the learner goes on learning.
 *
 * @throws {LobError} LOB_BAD_OPTION where it forecasts a value, or other classes than the calibration was fitted on.
 * @example
 * const run = prequential({ frame: validation, target, learners: [learner], scoreFrom })
 * const better = calibrated(learner, fitTemperature({ ...run.forecasts[0], outcomes: run.outcomes, classes: 3, from, to }))
 */
export function calibrated<Kind extends Predictor>(predictor: Kind, calibration: Calibration): Kind extends OnlineLearner ? OnlineLearner : Predictor
export function calibrated(predictor: Predictor, calibration: Calibration): Predictor {
  const { output } = predictor
  const name = `${predictor.name}_${calibration.kind}`
  if (output.kind !== 'classes' || output.classes.length !== calibration.classes) {
    const got = output.kind === 'classes' ? `${output.classes.length} classes` : 'a value'
    throw new LobError('LOB_BAD_OPTION', `calibrated: the calibration is of ${calibration.classes} classes, ${predictor.name} forecasts ${got}.`)
  }
  const apply = (probabilities: Float32Array): Float32Array => calibrateProbabilities(calibration, probabilities)
  const wrapped: Predictor = {
    contract: 1,
    name,
    input: predictor.input,
    output,
    predict(window) {
      const answer = predictor.predict(window)
      return answer instanceof Float32Array ? apply(answer) : answer.then(apply)
    },
    ...(predictor.predictMany && { predictMany: async (windows) => apply(await predictor.predictMany!(windows)) }),
    ...(predictor.close && { close: () => predictor.close!() }),
  }
  if (!isLearner(predictor)) return wrapped
  const learner: OnlineLearner = {
    ...wrapped,
    predict: (window) => apply(predictor.predict(window)),
    learn: (window, target, weight) => predictor.learn(window, target, weight),
    save: () => ({ model: 'calibrated', version: 1, calibration: JSON.parse(JSON.stringify(calibration)) as Calibration, learner: predictor.save() }),
    load(state) {
      const saved = savedState(name, state)
      if (saved.value('model') !== 'calibrated' || saved.value('version') !== 1) throw saved.broken('model or version')
      saved.same('calibration', calibration)
      predictor.load(saved.value('learner'))
    },
  }
  return learner
}

const isLearner = (predictor: Predictor): predictor is OnlineLearner => 'learn' in predictor
