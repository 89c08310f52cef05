import { integerOption, LobError, numberOption, type InputSpec, type OnlineLearner } from '@rxlob/core'
import { asOfMember, type AsOfMember } from '../online/as-of-member.js'
import { checkOutcome } from '../online/check-outcome.js'
import { checkShape } from '../online/check-shape.js'
import { forecastSurprise } from '../online/forecast-surprise.js'
import { recentExamples } from '../online/recent-examples.js'
import { watchedRows } from '../online/watched-rows.js'
import { bernoulliRuns } from './bernoulli-runs.js'
import { changeAlarm, type ChangeAlarm, type ChangeAlarmOptions } from './change-alarm.js'
import { gaussianRuns } from './gaussian-runs.js'
import { savedState } from './saved-state.js'

/** A change that was called. */
export interface CalledChange {
  /** The row whose outcome raised the alarm, of its instrument. */
  readonly row: number
  readonly tsLocal: number
  /** Learned rows since the change, that one included. */
  readonly rowsAgo: number
}

export interface RestartOnChangeOptions<Kind extends OnlineLearner = OnlineLearner> {
  /** Makes a learner that has learned nothing; called at the start and after each change. Always of one input, output and name. */
  readonly learner: () => Kind
  /** What makes the alarm. `model` is by default right or wrong for classes, the standardised error for values. */
  readonly alarm?: Partial<ChangeAlarmOptions>
  /** `restart`: the new learner at once. `reweight`: the old and the new one mixed, by the posterior of who is right. Default `restart`. */
  readonly response?: 'restart' | 'reweight'
  /** Posterior probability of one of the two at which the other is let go; above 0.5 to below 1. Default 0.99. */
  readonly settleAt?: number
  /** Rows that a new learner learns before it is watched, those since the change included: its first errors are its own. Default 50. */
  readonly graceRows?: number
  /** Called with each change. */
  readonly onChange?: (change: CalledChange) => void
  /** Default `restarting_` and the learner's name. */
  readonly name?: string
}

/** A learner that notices when the world it learned is gone. */
export interface RestartingLearner<Kind extends OnlineLearner = OnlineLearner> extends OnlineLearner {
  /** The learner in charge: after a change the new one with `restart`, the old one until it is let go with `reweight`. To be asked, not taught. */
  readonly current: Kind
  /** Changes called since the start, that of a loaded state included. */
  readonly changes: number
  /** Probability of a change within the alarm's `recentRows` that has not been called yet. */
  readonly changeProbability: number
}

/** Learned rows that are kept to begin again from. */
const mostRecent = 20_000

/**
 * Watches a learner's own forecasts with Bayesian change-point detection, and begins again after a change: a new learner is taught the rows
 * since the most probable change, all at once, and takes over.
 *
 * At horizons over one row, only rows whose horizons do not overlap are watched: the others are right and wrong together. Where accuracy wanders
 * rather than jumps, as in most markets, `reweight` loses less.
 *
 * With `restart` a false alarm costs what had been learned. With `reweight` the old learner stays beside the new one and both learn:
 *
 *   forecast = (1 - w) old + w new;  w starts at the probability of the change, and moves by Bayes' rule with each outcome
 *
 * until one of them is `settleAt` probable. Rows are judged by what was said when they arrived (see `adaptiveEnsemble`). Classes only, with `reweight`.
 * Cost: the learner's (twice at horizons over one row), `maxRuns` densities a row, and at each change up to `recentRows` rows learned at once; memory: as many windows.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range or `reweight` is asked of values.
 * @see Adams and MacKay (2007), arXiv 0710.3742
 * @example
 * restartOnChange({ learner: () => bayesianLogistic({ input, output }), onChange: ({ rowsAgo }) => console.log(`changed ${rowsAgo} rows ago`) })
 */
export function restartOnChange<Kind extends OnlineLearner>(options: RestartOnChangeOptions<Kind>): RestartingLearner<Kind> {
  const { response = 'restart', onChange } = options
  const sample = options.learner()
  const { input, output } = sample
  const name = options.name ?? `restarting_${sample.name}`
  const fresh = (): AsOfMember => asOfMember(name, options.learner)
  const settleAt = numberOption('settleAt', options.settleAt ?? 0.99, 0.5 + Number.EPSILON, 1 - Number.EPSILON)
  if (response === 'reweight' && output.kind === 'value') throw new LobError('LOB_BAD_OPTION', `Option response: ${name}: reweight mixes probabilities, and ${sample.name} forecasts a value; use restart.`)
  const graceRows = integerOption('graceRows', options.graceRows ?? 50, 0)
  const freshAlarm = (): ChangeAlarm => changeAlarm({ model: output.kind === 'classes' ? bernoulliRuns() : gaussianRuns(), ...options.alarm })
  let alarm = freshAlarm()
  const freshRecent = (): ReturnType<typeof recentExamples> => recentExamples(Math.min(mostRecent, alarm.recentRows * ('rows' in output.horizon ? output.horizon.rows : 1)), input)
  let recent = freshRecent()
  let watch = watchedRows(output.horizon, alarm.recentRows)
  let learner = fresh()
  let successor: AsOfMember | undefined
  let weight = 0
  let changes = 0
  /** By the learner that is watched. */
  let learnedRows = 0

  const mixed = (old: Float32Array, young: Float32Array | undefined): Float32Array =>
    young === undefined ? old : old.map((value, k) => (1 - weight) * value + weight * young[k]!)
  const weigh = (old: number, young: number): void => {
    const [left, right] = [Math.max(1e-15, old) * (1 - weight), Math.max(1e-15, young) * weight]
    weight = right / (left + right)
    if (weight > settleAt) learner = successor!
    if (weight > settleAt || weight < 1 - settleAt) successor = undefined
  }
  const begin = (rowsAgo: number, probability: number): void => {
    const next = fresh()
    recent.replay(rowsAgo, (window, target, rowWeight) => next.learn(window, target, rowWeight))
    // Another forecaster, whose being right again is no change of the world, and whose first errors are its own: watched anew, and not at once.
    alarm.restart()
    watch.restart()
    learnedRows = rowsAgo
    if (response === 'restart') {
      learner = next
      return
    }
    // A second change before the first is settled: the one that is believed in more stays.
    if (successor !== undefined && weight > 0.5) learner = successor
    successor = next
    weight = probability
  }

  return {
    contract: 1,
    name,
    input,
    output,
    get current() {
      return learner.member as Kind
    },
    get changes() {
      return changes
    },
    get changeProbability() {
      return alarm.probability
    },
    predict(window) {
      checkShape(name, input, window)
      return mixed(learner.predict(window), successor?.predict(window))
    },
    learn(window, target, rowWeight = 1) {
      checkShape(name, input, window)
      checkOutcome(name, output, target, rowWeight)
      const [old, young] = [learner.asOf(window), successor?.asOf(window)]
      const surprise = forecastSurprise(output, mixed(old, young), target)
      if (young !== undefined) weigh(old[target]!, young[target]!)
      learner.learn(window, target, rowWeight)
      successor?.learn(window, target, rowWeight)
      recent.push(window, target, rowWeight)
      learnedRows++
      if (!watch.take(window, learnedRows > graceRows && !Number.isNaN(surprise))) return
      const watched = alarm.step(surprise)
      if (watched === 0) return
      const rowsAgo = watch.rowsSince(watched)
      changes++
      begin(rowsAgo, alarm.calledProbability)
      onChange?.({ row: window.row, tsLocal: window.tsLocal, rowsAgo })
    },
    save: () => ({
      model: 'restarting', version: 1,
      input: JSON.parse(JSON.stringify(input)) as InputSpec,
      response, weight, changes, learnedRows,
      learner: learner.save(),
      ...(successor !== undefined && { successor: successor.save() }),
      alarm: alarm.save(),
      watch: watch.save(),
      recent: recent.save(),
    }),
    load(state) {
      const saved = savedState(name, state)
      if (saved.text('model') !== 'restarting' || saved.number('version') !== 1) throw saved.broken('model or version')
      saved.same('input', input)
      saved.same('response', response)
      const [loadedWeight, loadedChanges, loadedRows] = [saved.number('weight'), saved.number('changes'), saved.number('learnedRows')]
      const loaded = fresh()
      loaded.load(saved.state('learner'))
      const young = saved.has('successor') ? fresh() : undefined
      young?.load(saved.state('successor'))
      // Into new ones first: a state that is refused in the middle changes nothing.
      const [loadedAlarm, loadedRecent, loadedWatch] = [freshAlarm(), freshRecent(), watchedRows(output.horizon, alarm.recentRows)]
      loadedRecent.load(saved, 'recent', (target, rowWeight) => checkOutcome(name, output, target, rowWeight))
      loadedAlarm.load(saved.value('alarm'))
      loadedWatch.load(saved.state('watch'))
      alarm = loadedAlarm
      recent = loadedRecent
      watch = loadedWatch
      learner = loaded
      successor = young
      weight = loadedWeight
      changes = loadedChanges
      learnedRows = loadedRows
    },
  }
}
