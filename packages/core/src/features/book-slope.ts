import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineVectorFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'

export interface BookSlopeOptions<Levels extends number = number> {
  /** Levels per side, 1 or more. */
  readonly levels: Levels
}

/**
 * How fast resting lots accumulate away from the mid: least squares through the origin, each side apart.
 *
 *   slope = sum of x_m y_m / sum of x_m^2,  x_m = |P_m / mid - 1|,  y_m = q_1 + ... + q_m,  m <= levels
 *
 * Unit: lots (per unit of relative distance: 10,000 is one lot a basis point). Shape: [bid, ask], columns `bid_slope_<levels>` and
 * `ask_slope_<levels>`. A side with fewer levels gives what it has.
 * NaN while a side is empty, where the mid is not positive or the known depth less than `levels`, and while the book is crossed or not synced.
 * Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Duong and Kalev (2008), Order book slope and price volatility, section 3
 * @example
 * bookSlope({ levels: 10 }) // columns bid_slope_10, ask_slope_10
 */
export function bookSlope<const Levels extends number>(options: BookSlopeOptions<Levels>): Feature<`bid_slope_${Levels}` | `ask_slope_${Levels}`> {
  const { levels } = options
  const ranks = integerOption('levels', levels, 1)
  return defineVectorFeature({
    name: `book_slope_${levels}`,
    columns: [
      { name: `bid_slope_${levels}`, unit: 'lots' },
      { name: `ask_slope_${levels}`, unit: 'lots' },
    ],
    depth: ranks,
    levelsOnly: true,
    options: { levels },
    init: () => ({}),
    step: (_, { book }, out, at) => {
      const mid = midTicks(book)
      let held = 0
      let xy = 0
      let xx = 0
      for (let rank = 0; rank < ranks; rank++) {
        const lots = book.bidLots(rank)
        if (lots === 0) break
        const x = (mid - book.bidTicks(rank)) / mid
        held += lots
        xy += x * held
        xx += x * x
      }
      out[at] = mid > 0 ? xy / xx : NaN
      held = xy = xx = 0
      for (let rank = 0; rank < ranks; rank++) {
        const lots = book.askLots(rank)
        if (lots === 0) break
        const x = (book.askTicks(rank) - mid) / mid
        held += lots
        xy += x * held
        xx += x * x
      }
      out[at + 1] = mid > 0 ? xy / xx : NaN
    },
  })
}
