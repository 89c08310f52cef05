/** Inputs cut into bins, which is all that training looks at. */
export interface ColumnBins {
  readonly rows: number
  readonly columns: number
  /** `[columns, rows]`: the bin of each number; the column's last bin is for NaN. */
  readonly bins: Uint8Array
  /** By column, ascending: bin b holds the numbers above edge b - 1 up to and with edge b. */
  readonly edges: readonly Float32Array[]
  /** `[columns + 1]`: the first bin of each column in a histogram of all of them. */
  readonly offsets: Int32Array
}

/** Rows that the edges are taken from; more are thinned evenly. */
const mostEdgeRows = 200_000

/**
 * Cuts each column into at most `maxBins` bins of about equally many rows, one more for NaN. Columns of few distinct numbers get a bin each.
 *
 * An edge lies half-way between two numbers that occur and is a 32-bit float. Cost: O(columns rows log(rows)).
 *
 * @param inputs Row-major [rows, columns], finite or NaN.
 */
export function columnBins(inputs: Float32Array, columns: number, maxBins: number): ColumnBins {
  const rows = inputs.length / columns
  const bins = new Uint8Array(inputs.length)
  const edges: Float32Array[] = []
  const offsets = new Int32Array(columns + 1)
  const stride = Math.max(1, Math.ceil(rows / mostEdgeRows))
  const sample = new Float32Array(Math.ceil(rows / stride))
  for (let column = 0; column < columns; column++) {
    for (let i = 0; i < sample.length; i++) sample[i] = inputs[i * stride * columns + column]!
    const cuts = binEdges(sample.sort(), maxBins)
    edges.push(cuts)
    offsets[column + 1] = offsets[column]! + cuts.length + 2
    for (let row = 0; row < rows; row++) bins[column * rows + row] = binOf(cuts, inputs[row * columns + column]!)
  }
  return { rows, columns, bins, edges, offsets }
}

/** First bin whose edge is not below x; the bin after the last for NaN. */
function binOf(edges: Float32Array, x: number): number {
  if (Number.isNaN(x)) return edges.length + 1
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x <= edges[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

/** Edges between the distinct numbers of `sorted`, whose NaN come last. */
function binEdges(sorted: Float32Array, maxBins: number): Float32Array {
  let end = sorted.length
  while (end > 0 && Number.isNaN(sorted[end - 1]!)) end--
  const distinct: number[] = []
  const counts: number[] = []
  for (let i = 0; i < end; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) counts[counts.length - 1]!++
    else {
      distinct.push(sorted[i]!)
      counts.push(1)
    }
  }
  const edges: number[] = []
  let size = 0
  let rest = end
  for (let i = 0; i + 1 < distinct.length && edges.length + 1 < maxBins; i++) {
    size += counts[i]!
    const fair = rest / (maxBins - edges.length)
    // A number that fills a bin by itself starts a new one, lest it swallow its neighbours.
    const isFull = distinct.length <= maxBins || size >= fair || (counts[i + 1]! >= fair && size * 2 >= fair)
    if (!isFull) continue
    edges.push(edgeBetween(distinct[i]!, distinct[i + 1]!))
    rest -= size
    size = 0
  }
  return Float32Array.from(edges)
}

/** A float from `low` to below `high`, half-way where there is one. */
function edgeBetween(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2)
  return middle >= low && middle < high ? middle : low
}
