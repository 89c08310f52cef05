import { LobError, type InputSpec, type LabelledFrame } from '@rxlob/core'
import { scaledRows } from '../scaled-rows.js'
import type { TreeRows } from './training-rows.js'

export interface WindowRows extends TreeRows {
  readonly inputs: Float32Array
  readonly targets: Float64Array
  /** Of each, the row of the frame that ends its window. */
  readonly frameRows: Int32Array
}

export interface WindowRowsOptions {
  readonly frame: LabelledFrame
  readonly input: InputSpec
  /** Name of the labeler. */
  readonly target: string
  /** Rows of the frame whose windows are taken, the last not included; the windows look back before `from`. Default all. */
  readonly from?: number
  readonly to?: number
}

/**
 * The windows of a frame as rows of inputs, scaled as `input` says, each with its target. Left out: windows that hold a NaN or straddle a break of
 * the frame, and rows whose label never settled.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where the frame has not the columns of `input`; LOB_BAD_OPTION where it has no such target.
 */
export function windowRows({ frame, input, target, from = 0, to = frame.length }: WindowRowsOptions): WindowRows {
  const targets = frame.targets[target]
  if (targets === undefined) throw new LobError('LOB_BAD_OPTION', `Option target: expected one of ${Object.keys(frame.targets).join(', ')}, got ${target}.`)
  const { columns, values, cleanFrom } = scaledRows(frame, input)
  const features = input.length * columns
  const inputs = new Float32Array(Math.max(0, to - from) * features)
  const kept: number[] = []
  for (let row = Math.max(0, from); row < to; row++) {
    const first = row - input.length + 1
    if (first < cleanFrom[row]! || Number.isNaN(targets[row]!)) continue
    inputs.set(values.subarray(first * columns, (row + 1) * columns), kept.length * features)
    kept.push(row)
  }
  return { inputs: inputs.slice(0, kept.length * features), targets: Float64Array.from(kept, (row) => targets[row]!), frameRows: Int32Array.from(kept) }
}
