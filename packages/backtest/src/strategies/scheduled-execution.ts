import { integerOption, LobError, type InstrumentId, type Lots, type Micros, type Strategy } from '@rxlob/core'

export interface ScheduledExecutionOptions {
  readonly instrument: InstrumentId
  readonly side: 'buy' | 'sell'
  /** To trade in all, 1 or more. */
  readonly lots: Lots
  /** From the first event on. Default 0. */
  readonly afterMicros?: Micros
  /** Length of a slice, 1 or more. */
  readonly sliceMicros: Micros
  /** Share of the whole that each slice trades, 0 or more; they are scaled to sum to 1. `[1, 1, 1]` is a TWAP of three slices. */
  readonly shares: readonly number[]
}

interface Progress {
  startedAt: Micros
  slice: number
  sent: Lots
}

/**
 * Trades a parent order in slices by market orders, one at the start of each: what is due by then and not sent yet.
 *
 * Equal shares are a TWAP; the market's usual volume by time of day gives a VWAP; `almgrenChriss(...).trades` its optimal schedule.
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range or no share is above 0.
 */
export function scheduledExecution(options: ScheduledExecutionOptions): Strategy<Progress> {
  const { instrument, side, shares } = options
  const lots = integerOption('lots', options.lots, 1)
  const after = integerOption('afterMicros', options.afterMicros ?? 0, 0)
  const slice = integerOption('sliceMicros', options.sliceMicros, 1)
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (!shares.every((share) => share >= 0 && share < Infinity) || !(total > 0)) {
    throw new LobError('LOB_BAD_OPTION', `Option shares: expected numbers of 0 or more, one of them above 0, got ${shares.join(', ')}.`)
  }
  const dueAfter = shares.map((_, at) => Math.round((lots * shares.slice(0, at + 1).reduce((sum, share) => sum + share, 0)) / total))
  return {
    name: 'scheduled_execution',
    init: () => ({ startedAt: NaN, slice: 0, sent: 0 }),
    onTick: (state, { tsLocal, book, instrument: { id } }, orders) => {
      if (id !== instrument || !book.synced || book.crossed) return
      if (Number.isNaN(state.startedAt)) state.startedAt = tsLocal + after
      if (state.slice === shares.length || tsLocal < state.startedAt + state.slice * slice) return
      while (state.slice < shares.length && tsLocal >= state.startedAt + state.slice * slice) state.slice++
      const due = dueAfter[state.slice - 1]! - state.sent
      if (due === 0) return
      orders.place({ instrument, side, type: 'market', lots: due })
      state.sent += due
    },
  }
}
