import type { Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'
import type { Micros } from '../units.js'

/** The dead zone of a labeler's classes, learned from training data and frozen. */
export interface MoveThreshold {
  /** 0 or more. */
  readonly threshold: number
  /** Of the moves it was fitted on: `ticks` for `midMove`, `return` for `smoothedMove`. */
  readonly unit: 'ticks' | 'return'
  readonly rule: 'terciles' | 'half-mean'
}

export interface FitMoveThresholdOptions {
  /** `terciles`: a third of the moves is flat; `half-mean`: half the mean size of a move (TLOB). Default `terciles`. */
  readonly rule?: MoveThreshold['rule']
  readonly unit: MoveThreshold['unit']
  readonly instrument: InstrumentId
  /** `tsLocal` of the first and the last row that the moves come from. */
  readonly from: Micros
  readonly to: Micros
}

/**
 * The dead zone of a labeler's classes, from the moves of training rows (the targets of the same labeler with `kind: 'value'`).
 *
 *   terciles: the 1/3 quantile of |move|, linearly interpolated;  half-mean: mean of |move| / 2
 *
 * Unit: that of the moves. NaN moves are left out; `rows` says how many were used. Fit on training rows alone and keep it for every
 * other row: a threshold fitted again on test rows has seen the future.
 *
 * @throws {LobError} LOB_BAD_OPTION where no move is defined, or an option is unknown.
 * @see Berti and Kasneci (2025), TLOB, arXiv 2502.15757, for `half-mean`
 * @example
 * midMove({ rows: 10, thresholdTicks: fitMoveThreshold(moves, { unit: 'ticks', instrument, from, to }) })
 */
export function fitMoveThreshold(moves: ArrayLike<number>, options: FitMoveThresholdOptions): Fitted<MoveThreshold> {
  const { rule = 'terciles', unit, instrument, from, to } = options
  if (unit !== 'ticks' && unit !== 'return') throw new LobError('LOB_BAD_OPTION', `Option unit: expected ticks or return, got ${String(unit)}.`)
  const sizes = Float64Array.from(moves, Math.abs).filter((size) => !Number.isNaN(size))
  if (sizes.length === 0) throw new LobError('LOB_BAD_OPTION', `Expected one defined move or more, got none in ${moves.length}.`)
  return { parameters: { threshold: thresholdOf(sizes, rule), unit, rule }, instrument, from, to, rows: sizes.length }
}

function thresholdOf(sizes: Float64Array, rule: MoveThreshold['rule']): number {
  if (rule === 'half-mean') return sizes.reduce((sum, size) => sum + size, 0) / sizes.length / 2
  if (rule !== 'terciles') throw new LobError('LOB_BAD_OPTION', `Option rule: expected terciles or half-mean, got ${String(rule)}.`)
  sizes.sort()
  const at = (sizes.length - 1) / 3
  const below = sizes[Math.floor(at)]!
  return below + (sizes[Math.ceil(at)]! - below) * (at - Math.floor(at))
}
