import type { Sampler } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import type { Micros } from '../units.js'

/**
 * A row for the first tick at or after each multiple of `micros` since the epoch, on `tsLocal`.
 *
 * The first tick after the start or a gap is a row as well. Multiples that pass without a tick give no rows: a row always is an event,
 * so it never shows a book that was known only later. Features step at every tick, rows or not.
 *
 * @param micros Distance of the grid's points, 1 or more.
 * @throws {LobError} LOB_BAD_OPTION where `micros` is not an integer of 1 or more.
 * @example
 * features([ofi()], { sample: everyMicros(1_000_000) })
 */
export function everyMicros(micros: Micros): Sampler<{ cell: number }> {
  integerOption('micros', micros, 1)
  return {
    name: `every_micros_${micros}`,
    init: () => ({ cell: -Infinity }),
    step: (state, { tsLocal }) => {
      const cell = Math.floor(tsLocal / micros)
      if (cell <= state.cell) return false
      state.cell = cell
      return true
    },
  }
}
