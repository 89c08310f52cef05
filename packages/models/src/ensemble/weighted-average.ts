import { LobError, type InputSpec, type Predictor } from '@rxlob/core'
import { checkShape } from '../online/check-shape.js'
import { memberView } from './member-view.js'
import { mixForecasts } from './mix-forecasts.js'
import { outputWidth, sharedOutput } from './shared-output.js'

export interface WeightedAverageOptions {
  /** What it reads: the features of all members, with the longest window. Default: the first member's, if it serves all. */
  readonly input?: InputSpec
  /** Two or more, over one output. */
  readonly members: readonly Predictor[]
  /** 0 or more, of which one above 0; divided by their sum. Default all alike. */
  readonly weights?: readonly number[]
  /** Default `weighted_average`. */
  readonly name?: string
}

/**
 * The forecasts of several predictors, averaged with fixed weights: of probabilities their mean, of values the mixture's mean and deviation.
 *
 *   forecast = sum_i w_i forecast_i
 *
 * Members may answer at once or with promises (models in workers), which are then awaited together. It teaches nobody; closing closes all.
 *
 * @throws {LobError} LOB_BAD_OPTION where members are too few or answer different questions, or the weights are none; LOB_COLUMN_MISMATCH where
 *   `input` does not serve a member or a window has another shape.
 * @example
 * weightedAverage({ members: [await onnxPredictor({ model, manifest }), treesPredictor(trees)], weights: [2, 1] })
 */
export function weightedAverage(options: WeightedAverageOptions): Predictor {
  const { members } = options
  const name = options.name ?? 'weighted_average'
  const output = sharedOutput(name, members)
  const input = options.input ?? members[0]!.input
  const views = members.map((member) => memberView(name, member, input))
  const given = options.weights ?? members.map(() => 1)
  const sum = given.reduce((all, weight) => all + weight, 0)
  if (given.length !== members.length || !given.every((weight) => weight >= 0) || !(sum > 0 && sum < Infinity)) {
    throw new LobError('LOB_BAD_OPTION', `Option weights: ${name}: expected ${members.length} numbers of 0 or more, not all 0, got ${given.join(', ')}.`)
  }
  const weights = given.map((weight) => weight / sum)
  const width = outputWidth(output)
  const mix = (answers: readonly Float32Array[]): Float32Array => {
    const forecasts = new Float64Array(members.length * width)
    answers.forEach((answer, i) => forecasts.set(answer, i * width))
    return mixForecasts(output, weights, forecasts)
  }
  return {
    contract: 1,
    name,
    input,
    output,
    predict(window) {
      checkShape(name, input, window)
      const answers = members.map((member, i) => member.predict(views[i]!(window)))
      return answers.every((answer) => answer instanceof Float32Array) ? mix(answers) : Promise.all(answers).then(mix)
    },
    close: async () => void (await Promise.all(members.map((member) => member.close?.()))),
  }
}
