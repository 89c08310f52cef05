import type { Feature, Sampler } from '../contracts/feature.js'
import type { InputSpec } from '../contracts/predictor.js'
import { LobError } from '../errors.js'
import { columnsOf } from '../features/columns-of.js'
import { integerOption } from '../option-range.js'

export interface InputOptions {
  /** Rows of history in one window. */
  readonly length: number
  /** Which ticks become rows. Default every one. */
  readonly sample?: Sampler
  /** Applied to each column before it is cast to a float: (x - mean) / scale. */
  readonly scaler?: InputSpec['scaler']
}

/**
 * The input that a list of features gives.
 *
 * @throws {LobError} LOB_BAD_OPTION where the length or the scaler makes no windows.
 */
export function inputOf(list: readonly Feature[], options: InputOptions): InputSpec {
  const columns = columnsOf(list).map((column) => column.name)
  const { length, sample, scaler } = options
  const input: InputSpec = {
    columns,
    fingerprints: list.map((feature) => feature.fingerprint),
    sampler: sample?.name ?? 'every_event',
    length,
    ...(scaler !== undefined && { scaler }),
  }
  checkWindow(input)
  return input
}

/**
 * Checks that windows can be made as `input` says: a scale of 0 would void every one in silence.
 *
 * @throws {LobError} LOB_BAD_OPTION naming the length or the scaler.
 */
export function checkWindow({ columns, length, scaler }: InputSpec): void {
  integerOption('length', length, 1)
  if (scaler === undefined) return
  const { mean, scale } = scaler
  if (mean.length !== columns.length || scale.length !== columns.length) {
    throw new LobError('LOB_BAD_OPTION', `Option scaler: expected a mean and a scale for each of ${columns.length} columns, got ${mean.length} and ${scale.length}.`)
  }
  columns.forEach((column, at) => {
    if (Number.isFinite(mean[at]) && Number.isFinite(scale[at]) && scale[at] !== 0) return
    throw new LobError('LOB_BAD_OPTION', `Option scaler: expected a finite mean and a finite scale other than 0 for ${column}, got ${mean[at]} and ${scale[at]}.`)
  })
}

/**
 * Checks that a predictor is fed what it was made for.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH naming the first difference.
 */
export function checkInput(wanted: InputSpec, given: Pick<InputSpec, 'columns' | 'fingerprints' | 'sampler'>, predictor: string): void {
  const compare = (what: string, want: readonly string[], got: readonly string[]): void => {
    for (let i = 0; i < Math.max(want.length, got.length); i++) {
      if (want[i] === got[i]) continue
      throw new LobError('LOB_COLUMN_MISMATCH', `${predictor} expects ${what} ${i + 1} to be ${want[i] ?? 'absent'}, the stream has ${got[i] ?? 'none'}: wire the features it was made with, in their order.`)
    }
  }
  compare('column', wanted.columns, given.columns)
  compare('feature', wanted.fingerprints, given.fingerprints)
  compare('sampler', [wanted.sampler], [given.sampler])
}
