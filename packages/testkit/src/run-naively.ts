import type { Feature, InstrumentId, Tick } from '@rxlob/core'
import type { NaiveTick } from './naive-ticks.js'

export interface NaiveRunOptions {
  /** What the feature is shown instead of the tick. Default: the tick. */
  readonly show?: (tick: Tick, row: number) => Tick
  /** Called after each step. */
  readonly after?: (row: number) => void
  /** What becomes of a state before the step of a row. Default: nothing. */
  readonly carry?: (state: unknown, row: number) => unknown
  /** Writes into a fresh array of nonsense at every step, rather than into one array for all rows. Default false. */
  readonly freshOut?: boolean
}

/**
 * A feature over ticks as the contract words it: a state per instrument, begun again whenever its channel is.
 * Returns [rows, columns], row-major. Rows of several instruments keep their order in the stream.
 */
export function runNaively(feature: Feature, ticks: readonly NaiveTick[], options: NaiveRunOptions = {}): Float64Array {
  const width = feature.columns.length
  const rows = new Float64Array(ticks.length * width).fill(unwritten)
  const states = new Map<InstrumentId, { state: unknown; epoch: number }>()
  const { show = (tick) => tick, after, carry = (state) => state, freshOut = false } = options

  for (const [row, { tick, bookEpoch, tradesEpoch }] of ticks.entries()) {
    const epoch = feature.depth === 0 ? tradesEpoch : bookEpoch
    const shown = show(tick, row)
    let held = states.get(tick.instrument.id)
    if (held?.epoch !== epoch) states.set(tick.instrument.id, (held = { state: feature.init(shown.instrument), epoch }))
    held.state = carry(held.state, row)
    if (freshOut) {
      const at = row % 5
      const out = new Float64Array(at + width + 3).fill(1e300)
      feature.step(held.state, shown, out, at)
      rows.set(out.subarray(at, at + width), row * width)
      out.fill(-1e300)
    } else feature.step(held.state, shown, rows, row * width)
    after?.(row)
  }
  return rows
}

/** A number that no feature gives; where it remains nothing was written. */
export const unwritten = 1.234567890123e-301
