// Page's test with both rates known: what a detector that has to learn the rates is measured against.

export interface KnownRatesCusum {
  /** Steps of the log likelihood ratio, all of one size, at which the alarm is raised. */
  readonly steps: number
  /** Mean observations until a false alarm, exactly. */
  readonly meanToFalseAlarm: number
  /** Mean observations from a change to the alarm, exactly, where the statistic is at 0 when the change happens. */
  readonly meanDelay: number
}

/**
 * For rates `rate` and `1 - rate` the log likelihood ratio of an observation is plus or minus one step, so the statistic is a random walk on
 * 0, 1, 2, ... that cannot fall below 0, and its mean time to the alarm has a recursion: with up-probability u, the mean time t(k) from k to k + 1 is
 * t(0) = 1 / u, t(k) = 1 / u + (1 - u) / u t(k - 1).
 *
 * @see Page (1954), Continuous inspection schemes, Biometrika 41, 100-115
 */
export function knownRatesCusum(rate: number, leastMeanToFalseAlarm: number): KnownRatesCusum {
  const meanTime = (steps: number, up: number): number => {
    let climb = 1 / up
    let total = climb
    for (let k = 1; k < steps; k++) {
      climb = 1 / up + ((1 - up) / up) * climb
      total += climb
    }
    return total
  }
  let steps = 1
  while (meanTime(steps, 1 - rate) < leastMeanToFalseAlarm) steps++
  return { steps, meanToFalseAlarm: meanTime(steps, 1 - rate), meanDelay: meanTime(steps, rate) }
}
