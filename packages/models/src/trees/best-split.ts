import type { ColumnBins } from './column-bins.js'
import { slotsPerBin } from './split-histogram.js'

/** Sums over the rows of a leaf. */
export interface LeafSums {
  readonly gradient: number
  readonly hessian: number
  readonly rows: number
}

export interface SplitLimits {
  readonly minLeafRows: number
  readonly minLeafHessian: number
  readonly l2: number
  readonly minGain: number
}

export interface Split {
  readonly gain: number
  readonly column: number
  /** The last bin that goes left. */
  readonly bin: number
  readonly missingLeft: boolean
  /** The training rows of the leaf hold a NaN in this column. */
  readonly sawMissing: boolean
  readonly left: LeafSums
  readonly right: LeafSums
}

/**
 * The split of a leaf with the greatest gain; undefined where none is allowed.
 *
 *   gain = G_l^2 / (H_l + l2) + G_r^2 / (H_r + l2) - G^2 / (H + l2)
 *
 * NaN are tried on both sides; where the leaf has none, they follow the side with more rows. Equal gains: the first column, the lowest bin.
 * Cost: O(bins of the columns listed).
 */
export function bestSplit(histogram: Float64Array, { edges, offsets }: ColumnBins, columns: Int32Array, leaf: LeafSums, limits: SplitLimits): Split | undefined {
  const { l2, minLeafRows, minLeafHessian } = limits
  const own = (leaf.gradient * leaf.gradient) / (leaf.hessian + l2)
  let best: Split | undefined
  let bar = limits.minGain
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]!
    const slot0 = offsets[column]! * slotsPerBin
    const cuts = edges[column]!.length
    const missing = slot0 + (cuts + 1) * slotsPerBin
    const absent = { gradient: histogram[missing]!, hessian: histogram[missing + 1]!, rows: histogram[missing + 2]! }
    const sawMissing = absent.rows > 0
    for (let side = 0; side < (sawMissing ? 2 : 1); side++) {
      let gradient = side === 1 ? absent.gradient : 0
      let hessian = side === 1 ? absent.hessian : 0
      let rows = side === 1 ? absent.rows : 0
      // A cut after the last bin parts the NaN from all numbers.
      const last = sawMissing && side === 0 ? cuts : cuts - 1
      for (let bin = 0; bin <= last; bin++) {
        const slot = slot0 + bin * slotsPerBin
        gradient += histogram[slot]!
        hessian += histogram[slot + 1]!
        rows += histogram[slot + 2]!
        if (rows < minLeafRows || hessian < minLeafHessian) continue
        const restRows = leaf.rows - rows
        const restHessian = leaf.hessian - hessian
        if (restRows < minLeafRows || restHessian < minLeafHessian) break
        const restGradient = leaf.gradient - gradient
        const gain = (gradient * gradient) / (hessian + l2) + (restGradient * restGradient) / (restHessian + l2) - own
        if (!(gain > bar)) continue
        bar = gain
        best = {
          gain,
          column,
          bin,
          missingLeft: sawMissing ? side === 1 : rows >= restRows,
          sawMissing,
          left: { gradient, hessian, rows },
          right: { gradient: restGradient, hessian: restHessian, rows: restRows },
        }
      }
    }
  }
  return best
}
