import { integerOption, LobError } from '@rxlob/core'

/** How the columns of a model lay at training time. Plain JSON, to keep beside the manifest. */
export interface DriftReference {
  readonly columns: readonly string[]
  /** By column: upper edges of its bins but the last, rising. */
  readonly edges: readonly (readonly number[])[]
  /** By column: rows in each bin, and last the rows that were NaN. */
  readonly counts: readonly (readonly number[])[]
}

export interface DriftReferenceOptions {
  readonly columns: readonly string[]
  /** Row-major [rows, columns]: features of the training rows, or probabilities of a validation set. */
  readonly values: ArrayLike<number>
  /** Bins of equal shares a column; fewer where values repeat. Default 10. */
  readonly bins?: number
}

/**
 * Bins each column at the quantiles of its finite values; a bin holds lower edge < x <= upper edge, and NaN has one of its own. A value
 * that many rows share (a spread of one tick) gets a bin to itself rather than several empty ones.
 *
 * Cost: O(rows log rows) a column.
 *
 * @throws {LobError} LOB_BAD_OPTION where the values are no rows of the columns.
 */
export function driftReference(options: DriftReferenceOptions): DriftReference {
  const { columns, values } = options
  const bins = integerOption('bins', options.bins ?? 10, 2, 255)
  const width = columns.length
  const rows = values.length / width
  if (!Number.isInteger(rows) || rows === 0) throw new LobError('LOB_BAD_OPTION', `Option values: expected rows of ${width} columns, got ${values.length} numbers.`)
  const edges: number[][] = []
  const counts: number[][] = []
  for (let column = 0; column < width; column++) {
    const own = Float64Array.from({ length: rows }, (_, row) => values[row * width + column]!)
    const sorted = own.filter((value) => !Number.isNaN(value)).sort()
    const cuts = Array.from({ length: bins - 1 }, (_, at) => sorted[Math.ceil(((at + 1) * sorted.length) / bins) - 1]!)
    // An edge at the largest value would leave the last bin empty for ever.
    const found = [...new Set(cuts)].filter((cut) => cut < sorted.at(-1)!)
    const count = new Array<number>(found.length + 2).fill(0)
    for (const value of own) count[binOf(found, value)]!++
    edges.push(found)
    counts.push(count)
  }
  return { columns, edges, counts }
}

/** The bin of a value; the one after the last for NaN. Cost: O(log bins). */
export function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return edges.length + 1
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= edges[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
