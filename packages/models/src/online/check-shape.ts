import { LobError, type FeatureWindow, type InputSpec } from '@rxlob/core'

/** @throws {LobError} LOB_COLUMN_MISMATCH where a window is not of the input's shape. */
export function checkShape(name: string, { length, columns }: InputSpec, { data, shape }: FeatureWindow): void {
  if (shape[0] === length && shape[1] === columns.length && data.length === length * columns.length) return
  throw new LobError('LOB_COLUMN_MISMATCH', `${name}: expected a window of ${length} rows and ${columns.length} columns, got ${shape[0]} and ${shape[1]} (${data.length} numbers).`)
}
