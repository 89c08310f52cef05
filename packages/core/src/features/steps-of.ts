import type { FeatureGroup } from '../contracts/feature-group.js'
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

/** Features of no group first, each group after them as one step. */
export function stepsOf(list: readonly Feature[]): PanelStep[] {
  const alone: Placed[] = []
  const groups = new Map<FeatureGroup, Placed[]>()
  let from = 0
  for (const feature of list) {
    const members = feature.group === undefined ? alone : (groups.get(feature.group.of) ?? [])
    if (feature.group !== undefined) groups.set(feature.group.of, members)
    members.push({ feature, from })
    from += feature.columns.length
  }
  const grouped = [...groups.values()].map((members): Placed => ({ feature: together(members), from: 0 }))
  return [...alone, ...grouped].map(({ feature, from: first }, place) => {
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
