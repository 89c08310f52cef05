import { columnOf, LobError, windowAssembler, type InputSpec, type LabelledFrame } from '@rxlob/core'
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
  const columns = input.columns.map((name) => columnOf(frame, name))
  const assembler = windowAssembler(frame.instrument, input)
  const breaks = new Set(frame.breaks)
  const values = new Float64Array(columns.length)
  const features = input.length * columns.length
  const inputs = new Float32Array(Math.max(0, to - from) * features)
  const kept: number[] = []
  for (let row = Math.max(0, from - input.length + 1); row < to; row++) {
    if (breaks.has(row)) assembler.restart()
    columns.forEach((column, at) => (values[at] = column[row]!))
    const window = assembler.push(values, 0, row, frame.tsLocal[row]!)
    if (window === undefined || row < from || Number.isNaN(targets[row]!)) continue
    inputs.set(window.data, kept.length * features)
    kept.push(row)
  }
  return { inputs: inputs.slice(0, kept.length * features), targets: Float64Array.from(kept, (row) => targets[row]!), frameRows: Int32Array.from(kept) }
}
