import type { Feature } from '../contracts/feature.js'
import type { Micros } from '../units.js'

/** A feature as a panel calls it, all fields of one shape: features are made in many. */
export interface PanelStep {
  readonly feature: Feature
  readonly step: Feature['step']
  /** Its place in the list. */
  readonly place: number
  /** Its first column. */
  readonly from: number
  readonly depth: number
  /** Its numbers stand while its levels do, whatever trades and however late it is. */
  readonly levelsOnly: boolean
  /** Of others: until when they stand. Undefined where they never do. */
  readonly stands: ((state: unknown) => Micros) | undefined
}

export function stepsOf(list: readonly Feature[]): PanelStep[] {
  let from = 0
  return list.map((feature, place) => {
    const { step, depth, levelsOnly = false, columns } = feature
    const entry: PanelStep = { feature, step, place, from, depth, levelsOnly, stands: feature.standsUntil }
    from += columns.length
    return entry
  })
}
