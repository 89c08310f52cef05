import type { InputSpec } from '@rxlob/core'

/** A name for each number of a window: the column's own in the newest row, `<column>_lag<k>` k rows before it. */
export function windowNames({ columns, length }: Pick<InputSpec, 'columns' | 'length'>): string[] {
  return Array.from({ length }, (_, row) => columns.map((column) => (row === length - 1 ? column : `${column}_lag${length - 1 - row}`))).flat()
}
