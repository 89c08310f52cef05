import { LobError, type FeatureWindow, type InputSpec, type OnlineLearner, type Predictor } from '@rxlob/core'
import { bernoulliRuns } from '../bayes/bernoulli-runs.js'
import { changeAlarm, type ChangeAlarmOptions } from '../bayes/change-alarm.js'
import { gaussianRuns } from '../bayes/gaussian-runs.js'
import { savedState } from '../bayes/saved-state.js'
import { asOfMember, type AsOfMember } from '../online/as-of-member.js'
import { checkOutcome } from '../online/check-outcome.js'
import { checkShape } from '../online/check-shape.js'
import { forecastSurprise } from '../online/forecast-surprise.js'
import { watchedRows } from '../online/watched-rows.js'
import { bayesianAveraging } from './bayesian-averaging.js'
import { forecastScores } from './forecast-scores.js'
import { memberView } from './member-view.js'
import { mixForecasts } from './mix-forecasts.js'
import { outputWidth, sharedOutput } from './shared-output.js'
import type { WeightRule } from './weight-rule.js'

export interface AdaptiveEnsembleOptions {
  /** What it reads: the features of all members, with the longest window. Default: the first member's, if it serves all. */
  readonly input?: InputSpec
  /**
   * Two or more, over one output, of distinct names. Each makes its member anew (twice at horizons over one row); a predictor that does not learn
   * may be the same each time. All must answer at once, not with a promise. To let memories compete, see `horizonMembers`.
   */
  readonly members: readonly (() => Predictor)[]
  /** How members are weighted. Default `bayesianAveraging()`. */
  readonly weighting?: WeightRule
  /**
   * Weights all members alike again where the ensemble's own forecasts change for the worse or the better. Default none.
   * `model` is left to the ensemble: right or wrong for classes, standardised error for values.
   */
  readonly alarm?: Partial<Omit<ChangeAlarmOptions, 'model'>>
  /** Default `adaptive_ensemble`. */
  readonly name?: string
}

/** An ensemble whose weights can be read. */
export interface AdaptiveEnsemble extends OnlineLearner {
  /** By member's name; they sum to 1. */
  weights(): Readonly<Record<string, number>>
}

/**
 * Members that answer one question, weighted by what they said before the outcomes were known.
 *
 *   forecast = sum_i w_i forecast_i;  the weights move by `weighting` once a row's outcome is known, then the members learn
 *
 * Members are judged by what they said when the row arrived, not by what they would say by the time its outcome is known: at horizons over
 * one row that would flatter fast learners. For that each learner has a second one, a horizon behind.
 * Forecasts of values: mean and deviation of the mixture; likelihoods are Gaussian, and a row is not judged where a member knows no deviation.
 * Cost: every member's, twice at horizons over one row.
 *
 * @throws {LobError} LOB_BAD_OPTION where members are too few, answer different questions or share a name, or `weighting` cannot weight values;
 *   LOB_COLUMN_MISMATCH where `input` does not serve a member; LOB_MODEL where a member answers with a promise or a target is none.
 * @example
 * adaptiveEnsemble({ members: horizonMembers({ input, output }), weighting: bayesianAveraging({ forgetting: 0.98 }) })
 */
export function adaptiveEnsemble(options: AdaptiveEnsembleOptions): AdaptiveEnsemble {
  const name = options.name ?? 'adaptive_ensemble'
  const fresh = (): AsOfMember[] => options.members.map((create) => asOfMember(name, create))
  let asOf = fresh()
  const members = asOf.map(({ member }) => member)
  const output = sharedOutput(name, members)
  const input = options.input ?? members[0]!.input
  const names = members.map((member) => member.name)
  const twin = names.find((member, i) => names.indexOf(member) !== i)
  if (twin !== undefined) throw new LobError('LOB_BAD_OPTION', `Option members: ${name}: two members are called ${twin}; give each a name of its own.`)
  const rule = options.weighting ?? bayesianAveraging()
  if (rule.needsLosses && output.kind === 'value') {
    throw new LobError('LOB_BAD_OPTION', `Option weighting: ${rule.name} weights losses between 0 and 1, which forecasts of values do not have; use bayesianAveraging.`)
  }
  const alarm = options.alarm && changeAlarm({ ...options.alarm, model: output.kind === 'classes' ? bernoulliRuns() : gaussianRuns() })
  const watch = watchedRows(output.horizon, alarm?.recentRows ?? 1)
  const views = members.map((member) => memberView(name, member, input))
  const width = outputWidth(output)
  let weighted = rule.start(members.length)
  const forecasts = new Float64Array(members.length * width)
  const logLikelihoods = new Float64Array(members.length)
  const losses = new Float64Array(members.length)

  const ask = (window: FeatureWindow, when: 'predict' | 'asOf'): Float64Array => {
    asOf.forEach((member, i) => forecasts.set(member[when](views[i]!(window)), i * width))
    return forecasts
  }
  const judge = (window: FeatureWindow, said: Float64Array, target: number): void => {
    const mixed = mixForecasts(output, weighted.weights, said)
    if (alarm !== undefined) {
      const surprise = forecastSurprise(output, mixed, target)
      if (watch.take(window, !Number.isNaN(surprise)) && alarm.step(surprise) > 0) {
        weighted.restart()
        // With other weights it is another forecaster, whose getting better again is no change of the world.
        alarm.restart()
        watch.restart()
      }
    }
    if (forecastScores(output, said, target, logLikelihoods, losses)) weighted.update(logLikelihoods, losses)
  }

  return {
    contract: 1,
    name,
    input,
    output,
    weights: () => Object.fromEntries(names.map((member, i) => [member, weighted.weights[i]!])),
    predict(window) {
      checkShape(name, input, window)
      return mixForecasts(output, weighted.weights, ask(window, 'predict'))
    },
    learn(window, target, weight = 1) {
      checkShape(name, input, window)
      checkOutcome(name, output, target, weight)
      judge(window, ask(window, 'asOf'), target)
      asOf.forEach((member, i) => member.learn(views[i]!(window), target, weight))
    },
    close: async () => void (await Promise.all(asOf.map(({ member }) => member.close?.()))),
    save: () => ({
      model: 'adaptive_ensemble', version: 1,
      input: JSON.parse(JSON.stringify(input)) as InputSpec,
      names, rule: rule.name,
      weights: weighted.save(),
      members: asOf.map((member) => member.save()),
      ...(alarm !== undefined && { alarm: alarm.save(), watch: watch.save() }),
    }),
    load(state) {
      const saved = savedState(name, state)
      if (saved.text('model') !== 'adaptive_ensemble' || saved.number('version') !== 1) throw saved.broken('model or version')
      saved.same('input', input)
      saved.same('names', names)
      saved.same('rule', rule.name)
      const parts = saved.states('members')
      if (parts.length !== members.length) throw saved.broken('members')
      // Into new ones first: a state that is refused in the middle changes nothing.
      const loaded = fresh()
      loaded.forEach((member, i) => member.load(parts[i]!))
      const weights = rule.start(members.length)
      weights.load(saved.numbers('weights'))
      if (alarm !== undefined) {
        const watched = saved.state('watch')
        alarm.load(saved.value('alarm'))
        watch.load(watched)
      }
      asOf = loaded
      weighted = weights
    },
  }
}
