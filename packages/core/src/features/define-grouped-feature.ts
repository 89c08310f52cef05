import type { FeatureGroup } from '../contracts/feature-group.js'
import type { Column, Feature } from '../contracts/feature.js'
import { fingerprintOf } from './fingerprint-of.js'

export interface GroupedFeatureSpec<Name extends string, Member> {
  readonly name: string
  readonly columns: readonly Column<Name>[]
  readonly depth: number
  /** As JSON: part of the fingerprint. */
  readonly options?: object
  readonly group: FeatureGroup<Member>
  readonly member: Member
}

/** A feature that is a member of a group: by itself a group of one, in a panel stepped with the others of its list. */
export function defineGroupedFeature<const Name extends string, Member>(spec: GroupedFeatureSpec<Name, Member>): Feature<Name> {
  const { name, columns, depth, options, group, member } = spec
  return {
    name,
    fingerprint: fingerprintOf(name, options),
    columns,
    depth,
    levelsOnly: group.levelsOnly,
    group: { of: group, member },
    init: (instrument) => group.init([{ member, at: 0, width: columns.length }], instrument),
    step: group.step,
  }
}
