import type { Feature } from '../contracts/feature.js'
import type { Micros } from '../units.js'

/** A feature, or all of one group, as a panel calls it; all fields of one shape: features are made in many. */
export interface PanelStep {
  readonly feature: Feature
  readonly step: Feature['step']
  /** Its place among the steps. */
  readonly place: number
  /** Its first column; 0 for a group, whose members know their places. */
  readonly from: number
  readonly depth: number
  /** Its numbers stand while its levels do, whatever trades and however late it is. */
  readonly levelsOnly: boolean
  /** Of others: until when they stand. Undefined where they never do. */
  readonly stands: ((state: unknown) => Micros) | undefined
}

interface Placed {
  readonly feature: Feature
  readonly from: number
}

/** In the order of the list, each group where its first member stands. */
export function stepsOf(list: readonly Feature[]): PanelStep[] {
  let from = 0
  const placed = list.map((feature): Placed => {
    const first = from
    from += feature.columns.length
    return { feature, from: first }
  })
  const groupOf = ({ feature: { group } }: Placed): unknown => group?.of
  return placed
    .filter((entry) => groupOf(entry) === undefined || placed.find((other) => groupOf(other) === groupOf(entry)) === entry)
    .map((entry) => (groupOf(entry) === undefined ? entry : { feature: together(placed.filter((other) => groupOf(other) === groupOf(entry))), from: 0 }))
    .map(({ feature, from: first }, place) => {
      const { step, depth, levelsOnly = false } = feature
      return { feature, step, place, from: first, depth, levelsOnly, stands: feature.standsUntil }
    })
}

/** The members of one group as one feature. */
function together(members: readonly Placed[]): Feature {
  const { of } = members[0]!.feature.group!
  return {
    name: members.map(({ feature }) => feature.name).join('+'),
    fingerprint: members.map(({ feature }) => feature.fingerprint).join('+'),
    columns: members.flatMap(({ feature }) => feature.columns),
    depth: Math.max(...members.map(({ feature }) => feature.depth)),
    levelsOnly: of.levelsOnly,
    init: (instrument) => of.init(members.map(({ feature, from }) => ({ member: feature.group!.member, at: from, width: feature.columns.length })), instrument),
    step: of.step,
  }
}
