import { integerOption, type Instrument, type InstrumentId, type Lots, type Micros, type Strategy } from '@rxlob/core'

export interface FollowSignalOptions {
  /** Position to hold in the signal's direction, 1 or more. */
  readonly lots: Lots
  /** Closes a position this long after the last signal in its direction. Default: a signal of no view closes nothing, positions turn. */
  readonly holdMicros?: Micros
  /** A signal of no view closes the position. Default false. */
  readonly flatOnNoView?: boolean
}

interface Holding {
  lots: Lots
  since: Micros
}

/**
 * Holds `lots` in the direction of the last signal that had one, by market orders.
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range.
 */
export function followSignal(options: FollowSignalOptions): Strategy<Map<InstrumentId, Holding>> {
  const lots = integerOption('lots', options.lots, 1)
  const hold = options.holdMicros === undefined ? Infinity : integerOption('holdMicros', options.holdMicros, 1)
  const flatOnNoView = options.flatOnNoView ?? false
  return {
    name: 'follow_signal',
    ...(hold !== Infinity && { timerMicros: Math.max(1, Math.min(hold, 100_000)) }),
    init: (instruments: readonly Instrument[]) => new Map(instruments.map(({ id }) => [id, { lots: 0, since: 0 }])),
    onSignal: (state, { instrument, direction, tsLocal }, _book, orders) => {
      if (direction === 0 && !flatOnNoView) return
      const held = state.get(instrument)
      const wanted = direction * lots
      if (held?.lots !== wanted) orders.target(instrument, wanted)
      state.set(instrument, { lots: wanted, since: tsLocal })
    },
    onTimer: (state, tsLocal, orders) => {
      for (const [instrument, held] of state) {
        if (held.lots === 0 || tsLocal - held.since < hold) continue
        orders.target(instrument, 0)
        held.lots = 0
      }
    },
  }
}
