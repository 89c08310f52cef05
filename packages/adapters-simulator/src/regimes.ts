import { LobError, numberOption, type Micros } from '@rxlob/core'

/** What changes at a given time of the session and holds until the next regime. What is left out goes back to its default. */
export interface Regime {
  /** Start, in microseconds since the start of the session. Regimes are listed in this order. */
  readonly fromMicros: Micros
  /** Factor on the rate of everything that happens. Default 1. */
  readonly activity?: number
  /**
   * Factor on the rate of market orders alone: above 1 prices move more for the same book. Not for markets with a planted
   * signal. Default 1.
   */
  readonly aggression?: number
  /** Accuracy of the planted signal. Default: `signal.accuracy`. */
  readonly accuracy?: number
}

/** The regime in force, followed forward in time. */
export interface RegimeSchedule {
  at(nanos: number): Required<Regime>
}

/** @throws {LobError} LOB_BAD_OPTION for factors out of range and for regimes that are not in time order. */
export function regimeSchedule(regimes: readonly Regime[], accuracy: number): RegimeSchedule {
  const schedule: Required<Regime>[] = [{ fromMicros: 0, activity: 1, aggression: 1, accuracy }]
  regimes.forEach((regime, index) => {
    const where = `regimes[${index}].`
    const previous = schedule[schedule.length - 1]!
    numberOption(`${where}fromMicros`, regime.fromMicros, 0, Number.MAX_SAFE_INTEGER)
    if (index > 0 && regime.fromMicros <= previous.fromMicros) {
      throw new LobError('LOB_BAD_OPTION', `Option ${where}fromMicros: expected more than ${previous.fromMicros}, the start of the regime before it, got ${regime.fromMicros}.`)
    }
    schedule.push({
      fromMicros: regime.fromMicros,
      activity: numberOption(`${where}activity`, regime.activity ?? 1, 0.001, 1000),
      aggression: numberOption(`${where}aggression`, regime.aggression ?? 1, 0, 100),
      accuracy: numberOption(`${where}accuracy`, regime.accuracy ?? accuracy, 0, 1),
    })
  })
  let current = 0
  return {
    at(nanos) {
      while (current + 1 < schedule.length && schedule[current + 1]!.fromMicros * 1000 <= nanos) current++
      return schedule[current]!
    },
  }
}
