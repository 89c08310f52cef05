import { type Venue } from '@rxlob/testkit/venues'
import type { BookWatch } from './book-watch.ts'

/** What a row of the goal table came to. */
export interface RowResult {
  readonly row: string
  readonly title: string
  /** What the gate asks for, and what was done of it. */
  readonly goal: string
  readonly done: string
  readonly seed: number
  readonly injected: number
  readonly detected: number
  readonly recovered: number
  readonly produced: number
  readonly delivered: number
  readonly conflated: number
  readonly dropped: number
  /** More figures, one a line. */
  readonly notes: readonly string[]
  /** Empty where the row holds. */
  readonly failures: readonly string[]
  /** Whether less than the gate's count was run. */
  readonly reduced: boolean
  readonly seconds: number
}

export interface RowOptions {
  readonly seed: number
  /** Share of the gate's counts: 1 is the gate. */
  readonly scale: number
  /** Program of a second Node version, for G16. */
  readonly secondNode?: string | undefined
  /** Tells how far it is. */
  progress(text: string): void
}

/** So many of a count. */
export const scaled = (count: number, scale: number): number => Math.max(1, Math.round(count * scale))

/** A row that is being added up. */
export function tally(row: string, title: string, goal: string, { seed }: RowOptions) {
  const began = process.cpuUsage()
  const failures: string[] = []
  const notes: string[] = []
  const sums = { injected: 0, detected: 0, recovered: 0, produced: 0, delivered: 0, conflated: 0, dropped: 0 }
  return {
    failures,
    notes,
    sums,
    fail: (text: string): void => void (failures.length < 20 && failures.push(text)),
    /** Takes over what a watch found, and what the venue found of its client. */
    close(watch: BookWatch, venue: Venue, name: string): void {
      for (const failure of watch.failures) if (failures.length < 20) failures.push(`${name}: ${failure}`)
      for (const violation of venue.politeness.report().violations) if (failures.length < 20) failures.push(`${name}: impolite: ${violation}`)
    },
    result(done: string, reduced: boolean): RowResult {
      const { user, system } = process.cpuUsage(began)
      return { row, title, goal, done, seed, ...sums, notes, failures, reduced, seconds: (user + system) / 1e6 }
    },
  }
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

export const millis = (micros: number): string => `${(micros / 1000).toFixed(0)} ms`
