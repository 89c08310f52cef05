import { integerOption, numberOption } from '@rxlob/core'
import { bocpd, type BocpdOptions } from './bocpd.js'
import { savedState } from './saved-state.js'

export interface ChangeAlarmOptions extends BocpdOptions {
  /** How long ago a change may lie to be called one, in observations, 1 or more; one that is noticed later is never called. Default 400. */
  readonly recentRows?: number
  /** Probability of such a change that raises the alarm, above 0 to below 1. Default 0.8. */
  readonly threshold?: number
}

/** Turns a run-length posterior into decisions. */
export interface ChangeAlarm {
  readonly recentRows: number
  /** Probability that there was a change within the last `recentRows` observations, since the one last called. */
  readonly probability: number
  /** That probability when the last change was called; 0 before the first. */
  readonly calledProbability: number
  /**
   * Takes an observation in. Returns 0, or how many observations ago, this one included, the run began that it now believes in.
   *
   * @throws {LobError} LOB_MODEL where the observation is none of the model's.
   */
  step(x: number): number
  /** Forgets everything, for observations of another kind: of a learner that has begun again, say. */
  restart(): void
  /** Plain JSON data. */
  save(): unknown
  load(state: unknown): void
}

/**
 * Calls a change where it is more likely than `threshold` that one happened within the last `recentRows` observations.
 *
 * Once called, the most probable beginning is taken as a fact, and the next alarm is about a change after it. On rows that are right at a
 * rate of 0.65 and then of 0.35, both unknown, the defaults raise the alarm within about 45 rows, and falsely less than once in
 * 10,000 (`npm run study:change-point`). A lower `hazard` or a higher `threshold` is slower and quieter.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @example
 * const alarm = changeAlarm({ model: bernoulliRuns() })
 * for (const hit of hits) if (alarm.step(hit) > 0) console.log('the forecasts have changed')
 */
export function changeAlarm(options: ChangeAlarmOptions): ChangeAlarm {
  const detector = bocpd(options)
  const recentRows = integerOption('recentRows', options.recentRows ?? 400, 1)
  const threshold = numberOption('threshold', options.threshold ?? 0.8, Number.MIN_VALUE, 1 - Number.EPSILON)
  let probability = 0
  let calledProbability = 0
  return {
    recentRows,
    restart() {
      detector.restart()
      probability = 0
    },
    get probability() {
      return probability
    },
    get calledProbability() {
      return calledProbability
    },
    step(x) {
      detector.step(x)
      probability = detector.changeWithin(recentRows)
      if (probability <= threshold) return 0
      const length = detector.likelyLength(recentRows)
      // Run length 0 alone cannot reach the threshold, unless the hazard does: then every row would be a change.
      if (length === 0) return 0
      detector.settle(length)
      calledProbability = probability
      probability = 0
      return length
    },
    save: () => ({ recentRows, threshold, probability, calledProbability, detector: detector.save() }),
    load(state) {
      const saved = savedState('changeAlarm', state)
      saved.same('recentRows', recentRows)
      saved.same('threshold', threshold)
      const [now, called] = [saved.number('probability'), saved.number('calledProbability')]
      detector.load(saved.value('detector'))
      probability = now
      calledProbability = called
    },
  }
}
