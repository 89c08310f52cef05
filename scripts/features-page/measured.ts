import { readFileSync } from 'node:fs'
import type { SizeIncreaseRow } from './size-increase-r2.ts'

/** What `npm run docs:measure` found: the numbers of the page. */
export interface Measured {
  readonly date: string
  readonly machine: string
  readonly events: number
  /** By factory: a column of the form that was timed, and CPU nanoseconds an event. */
  readonly costs: Readonly<Record<string, { readonly column: string; readonly columns: number; readonly nanos: number }>>
  readonly sizeIncrease: readonly { readonly data: string; readonly rows: readonly SizeIncreaseRow[] }[]
}

export const measured = (): Measured => JSON.parse(readFileSync(new URL('../../results/features.json', import.meta.url), 'utf8')) as Measured
