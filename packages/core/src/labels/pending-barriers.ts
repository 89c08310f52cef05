import { ring, type Ring } from '../numeric/ring.js'
import type { Micros, Ticks } from '../units.js'
import type { CheckedHorizon } from './label-horizon.js'

/** Rows that wait for the first touch of a barrier: plain data. All rings hold the same rows; an `uppers` of NaN is settled. */
export interface PendingBarriers {
  row: number
  mid: Ticks
  /** Nothing is touched while the mid stays between. */
  lowestUpper: Ticks
  highestLower: Ticks
  readonly mids: Ring
  readonly times: Ring
  readonly uppers: Ring
  readonly lowers: Ring
}

type Emit = (rowsAgo: number, target: number) => void

/** Rows with an upper and a lower barrier each, settled by the first touch or by the end of a horizon. */
export const pendingBarriers = {
  init: (): PendingBarriers => ({
    row: -1, mid: NaN, lowestUpper: Infinity, highestLower: -Infinity, mids: ring.init(), times: ring.init(), uppers: ring.init(), lowers: ring.init(),
  }),

  /** Call once a row, before `enter`. */
  settle(state: PendingBarriers, tsLocal: Micros, mid: Ticks, { byTime, length }: CheckedHorizon, bySign: boolean, emit: Emit): void {
    const { times, mids } = state
    state.row++
    // What ended before this row ends with the mid of the row before.
    while (byTime && times.length > 0 && ring.firstValue(times) + length < tsLocal) end(state, state.mid, bySign, emit)
    if (mid >= state.lowestUpper || mid <= state.highestLower) touch(state, mid, emit)
    while (!byTime && mids.length > 0 && ring.firstKey(mids) + length <= state.row) end(state, mid, bySign, emit)
    state.mid = mid
  },

  /** The row of the last `settle` joins. */
  enter(state: PendingBarriers, tsLocal: Micros, mid: Ticks, upper: Ticks, lower: Ticks): void {
    ring.push(state.mids, state.row, mid)
    ring.push(state.times, state.row, tsLocal)
    ring.push(state.uppers, state.row, upper)
    ring.push(state.lowers, state.row, lower)
    state.lowestUpper = Math.min(state.lowestUpper, upper)
    state.highestLower = Math.max(state.highestLower, lower)
  },
} as const

/** Drops the oldest row, which gets its target if no touch gave it one. */
function end(state: PendingBarriers, mid: Ticks, bySign: boolean, emit: Emit): void {
  const { row, mids, times, uppers, lowers } = state
  const move = mid - ring.firstValue(mids)
  if (!Number.isNaN(ring.firstValue(uppers))) emit(row - ring.firstKey(mids), bySign ? (Number.isNaN(move) ? NaN : Math.sign(move) + 1) : 1)
  ring.shift(mids)
  ring.shift(times)
  ring.shift(uppers)
  ring.shift(lowers)
}

/** Settles every row whose barrier the mid has reached, and finds the nearest barriers that remain. */
function touch(state: PendingBarriers, mid: Ticks, emit: Emit): void {
  const { row, mids, uppers, lowers } = state
  state.lowestUpper = Infinity
  state.highestLower = -Infinity
  for (let i = 0; i < uppers.length; i++) {
    const at = ring.placeOf(uppers, i)
    const upper = uppers.pairs[at + 1]!
    const lower = lowers.pairs[at + 1]!
    if (mid >= upper || mid <= lower) {
      emit(row - mids.pairs[at]!, mid <= lower ? 0 : 2)
      uppers.pairs[at + 1] = lowers.pairs[at + 1] = NaN
    } else if (!Number.isNaN(upper)) {
      state.lowestUpper = Math.min(state.lowestUpper, upper)
      state.highestLower = Math.max(state.highestLower, lower)
    }
  }
}
