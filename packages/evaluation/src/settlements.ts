import { LobError, type LabelledFrame } from '@rxlob/core'
import { classAt } from './metrics/classification/confusion-matrix.js'

/** When the labels of a frame become known. */
export interface Settlements {
  /** Class (or value) of each row, NaN where its label never settled. */
  readonly targets: Float64Array
  /** Row that completed each label. */
  readonly settling: Float64Array
  /** Rows, ascending, whose labels row `row` completes. */
  settledBy(row: number): Uint32Array
}

/**
 * Orders the labels of a frame by the row that makes them known. Without `classes` they are values.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where the frame has no such target; LOB_BAD_OPTION where a target is no class or is known
 *   at its own row or before: it would need no forecast.
 */
export function settlements(frame: LabelledFrame, target: string, classes?: number): Settlements {
  const targets = frame.targets[target]
  const settling = frame.settledRows[target]
  if (targets === undefined || settling === undefined) {
    throw new LobError('LOB_COLUMN_MISMATCH', `Expected one of the targets ${Object.keys(frame.targets).join(', ')}, got ${target}.`)
  }
  // Rows grouped by settling row (a counting sort keeps them ascending): row r's group is [starts[r], starts[r + 1]).
  const starts = new Uint32Array(frame.length + 2)
  for (let row = 0; row < frame.length; row++) {
    if (Number.isNaN(targets[row]!)) continue
    if (classes !== undefined) classAt(targets, row, classes)
    const at = settling[row]!
    if (!(at > row && at < frame.length)) {
      throw new LobError('LOB_BAD_OPTION', `Target ${target}: the label of row ${row} settles at row ${at}; expected a later row of the frame.`)
    }
    starts[at + 2]! += 1
  }
  for (let row = 1; row < starts.length; row++) starts[row]! += starts[row - 1]!
  const order = new Uint32Array(starts[frame.length + 1]!)
  for (let row = 0; row < frame.length; row++) {
    if (Number.isNaN(targets[row]!)) continue
    const group = settling[row]! + 1
    order[starts[group]!] = row
    starts[group]! += 1
  }
  return { targets, settling, settledBy: (row) => order.subarray(starts[row]!, starts[row + 1]!) }
}
