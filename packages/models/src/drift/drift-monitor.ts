import { integerOption, LobError } from '@rxlob/core'
import { binOf, type DriftReference } from './drift-reference.js'
import { populationStability } from './population-stability.js'

export interface DriftMonitorOptions {
  readonly reference: DriftReference
  /** Newest rows that are compared with the reference. Default 5000. */
  readonly rows?: number
}

/** How far each column has moved. */
export interface DriftReport {
  /** Rows compared. */
  readonly rows: number
  /** Population stability index of each column, in the reference's order. */
  readonly columns: readonly { readonly name: string; readonly index: number; readonly missing: number }[]
  /** The column that moved most. */
  readonly worst: { readonly name: string; readonly index: number }
}

/** Compares the newest rows of a stream with those a model was trained on. */
export interface DriftMonitor {
  /** Takes a row from `values[at]` on. */
  add(values: ArrayLike<number>, at?: number): void
  report(): DriftReport
}

/**
 * Keeps the bins of the newest rows and counts them as they come and go. Features or scores, whichever the reference is of; `missing` is the
 * share of NaN.
 *
 * Cost: O(columns log bins) a row, a byte a column and row of memory.
 *
 * @throws {LobError} LOB_BAD_OPTION for a reference that is none.
 */
export function driftMonitor(options: DriftMonitorOptions): DriftMonitor {
  const { columns, edges, counts: expected } = options.reference
  const capacity = integerOption('rows', options.rows ?? 5000, 1)
  const width = columns.length
  if (width === 0 || edges.length !== width || expected.some((count, column) => count.length !== edges[column]!.length + 2) || expected.length !== width) {
    throw new LobError('LOB_BAD_OPTION', `Option reference: expected edges and counts of ${width} columns, as driftReference gives them.`)
  }
  const bins = new Uint8Array(capacity * width)
  const counts = expected.map((count) => new Float64Array(count.length))
  let rows = 0
  let next = 0
  return {
    add(values, at = 0) {
      const full = rows === capacity
      for (let column = 0, slot = next * width; column < width; column++, slot++) {
        const count = counts[column]!
        if (full) count[bins[slot]!]!--
        const bin = binOf(edges[column]!, values[at + column]!)
        bins[slot] = bin
        count[bin]!++
      }
      next = (next + 1) % capacity
      if (!full) rows++
    },
    report() {
      const found = columns.map((name, column) => ({ name, index: populationStability(expected[column]!, counts[column]!), missing: counts[column]!.at(-1)! / rows }))
      const { name, index } = found.reduce((worst, one) => (one.index > worst.index ? one : worst))
      return { rows, columns: found, worst: { name, index } }
    },
  }
}
