import { columnOf, type LabelledFrame } from '@rxlob/core'
import { mutualInformation } from './mutual-information.ts'
import { correlation, paired } from './predictive-power.ts'

/** What the best of so many columns shows where there is nothing to find. */
export interface Placebo {
  readonly shifts: number
  /** Mean over the shifts of the largest absolute correlation. */
  readonly correlation: number
  readonly bits: number
}

/** The moves turned round by a part of the day: they keep their own dependence and lose that on the features. */
export function placebo(frame: LabelledFrame, names: readonly string[], moves: Float64Array, shifts = 8): Placebo {
  const largest = { correlation: 0, bits: 0 }
  const columns = names.map((name) => columnOf(frame, name))
  for (let k = 1; k <= shifts; k++) {
    const by = Math.floor((k * moves.length) / (shifts + 1))
    const turned = moves.map((_, row) => moves[(row + by) % moves.length]!)
    const pairs = columns.map((column) => paired(column, turned))
    largest.correlation += Math.max(...pairs.map(([x, y]) => Math.abs(correlation(x, y))).filter(Number.isFinite)) / shifts
    largest.bits += Math.max(...pairs.map(([x, y]) => mutualInformation(x, y)).filter(Number.isFinite)) / shifts
  }
  return { shifts, ...largest }
}
