import type { Lots, Ticks } from '../units.js'

/**
 * Read access to one instrument's book. Level 0 is the best. Nothing throws.
 * An absent level reads as NaN ticks and 0 lots; a level beyond the known depth as NaN ticks and NaN lots.
 */
export interface BookView {
  readonly tickSize: number
  readonly lotSize: number
  /** False from a gap until the next snapshot. While false no depth is known. */
  readonly synced: boolean
  /** Best bid at or above best ask. Features are NaN while it lasts. */
  readonly crossed: boolean
  /** Levels present on each side. */
  readonly bidDepth: number
  readonly askDepth: number
  /** Levels of each side that can be trusted; Infinity where the whole side is known. */
  readonly bidKnownDepth: number
  readonly askKnownDepth: number
  bidTicks(level: number): Ticks
  askTicks(level: number): Ticks
  bidLots(level: number): Lots
  askLots(level: number): Lots
}
