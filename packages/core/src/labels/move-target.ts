import type { Fitted } from '../contracts/feature.js'
import type { Horizon, OutputSpec } from '../contracts/predictor.js'
import { LobError } from '../errors.js'
import { numberOption } from '../option-range.js'
import type { MoveThreshold } from './fit-move-threshold.js'

/** What a labeler of moves gives out: the class of a move, or the move itself. */
export interface MoveTarget {
  readonly output: OutputSpec
  of(move: number): number
}

export interface MoveTargetOptions {
  readonly kind: 'classes' | 'value' | undefined
  readonly threshold: number | Fitted<MoveThreshold> | undefined
  /** The option's own name, for its errors. */
  readonly thresholdName: string
  readonly unit: MoveThreshold['unit']
  readonly horizon: Horizon
}

const classes = ['down', 'flat', 'up'] as const
const index = { down: 0, flat: 1, up: 2 } as const

/**
 * Up above the threshold, down below minus the threshold, else flat; or the move as it is.
 *
 * @throws {LobError} LOB_BAD_OPTION where `kind` is unknown, or the threshold is below 0, fitted on another unit, or given for a value.
 */
export function moveTarget({ kind = 'classes', threshold, thresholdName, unit, horizon }: MoveTargetOptions): MoveTarget {
  if (kind === 'classes') {
    const deadZone = deadZoneOf(threshold ?? 0, thresholdName, unit)
    const of = (move: number): number => (move > deadZone ? index.up : move < -deadZone ? index.down : index.flat)
    return { output: { kind, classes, horizon }, of }
  }
  if (kind !== 'value') throw new LobError('LOB_BAD_OPTION', `Option kind: expected classes or value, got ${String(kind)}.`)
  if (threshold !== undefined) throw new LobError('LOB_BAD_OPTION', `Option ${thresholdName}: expected none where kind is value.`)
  return { output: { kind, unit, horizon }, of: (move) => move }
}

function deadZoneOf(threshold: number | Fitted<MoveThreshold>, name: string, unit: MoveThreshold['unit']): number {
  if (typeof threshold !== 'object') return numberOption(name, threshold, 0, Number.MAX_VALUE)
  const { parameters } = threshold
  if (parameters.unit === unit) return numberOption(name, parameters.threshold, 0, Number.MAX_VALUE)
  throw new LobError('LOB_BAD_OPTION', `Option ${name}: expected one fitted on moves in ${unit}, got ${parameters.unit}.`)
}
