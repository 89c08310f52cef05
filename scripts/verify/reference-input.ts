import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Feature, FeatureFrame } from '@rxlob/core'

/** Writes what `features.py` compares: the columns' names and numbers, and the book before the first message, which stands in no file. */
export function referenceInput(frame: FeatureFrame, list: readonly Feature[], levels: number, folder: string): void {
  writeFileSync(
    join(folder, 'columns.json'),
    JSON.stringify({ features: list.map(({ name, columns }) => [name, columns.map((column) => column.name)]), columns: frame.columns.map((column) => column.name), rows: frame.length, opening: [...frame.values.subarray(0, 4 * levels)] }),
  )
  writeFileSync(join(folder, 'values.f64'), frame.values)
}
