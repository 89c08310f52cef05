import type { ColumnBins } from './column-bins.js'

/** Numbers a bin: sum of gradients, sum of hessians, rows, and one unused so that a bin's place is a shift. */
export const slotsPerBin = 4

/** Fills `histogram` with the sums of the rows `order[from]` to `order[to - 1]`, over the columns listed. */
export function fillHistogram(
  histogram: Float64Array,
  { bins, rows, offsets }: ColumnBins,
  columns: Int32Array,
  order: Int32Array,
  from: number,
  to: number,
  /** Of each place of `order` from 0 on: gathered once, read by every column. */
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  histogram.fill(0)
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]!
    const bin0 = column * rows
    const slot0 = offsets[column]! * slotsPerBin
    for (let i = from; i < to; i++) {
      const slot = slot0 + (bins[bin0 + order[i]!]! << 2)
      histogram[slot]! += gradients[i]!
      histogram[slot + 1]! += hessians[i]!
      histogram[slot + 2]! += 1
    }
  }
}

/** What is left of a parent without one child: `parent` becomes the other child's histogram. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let slot = 0; slot < parent.length; slot++) parent[slot]! -= child[slot]!
}
