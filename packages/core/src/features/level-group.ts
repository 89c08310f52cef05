import type { FeatureGroup, GroupMember } from '../contracts/feature-group.js'
import { levelColumns, type LevelColumns } from './level-columns.js'
import { levelSums, type LevelSums } from './level-sums.js'
import { poolColumns } from './pool-columns.js'
import { priceScale, type PriceScale } from './price-scale.js'
import { sumColumns } from './sum-columns.js'
import { touchColumns } from './touch-columns.js'
import { voidColumns } from './void-columns.js'

/** Which numbers of the best levels a feature gives. */
export interface LevelMember {
  readonly kind: keyof LevelColumns
  readonly levels: number
  /** Of `weightedImbalance`, by rank. */
  readonly weights?: Float64Array
}

export interface LevelGroupState {
  readonly members: readonly GroupMember<LevelMember>[]
  readonly scale: PriceScale
  readonly sums: LevelSums
  readonly columns: LevelColumns
}

/** Features of the prices and sizes of the best levels: the levels are read and summed once, then the columns follow from the sums, kind by kind. */
export const levelGroup: FeatureGroup<LevelMember, LevelGroupState> = {
  levelsOnly: true,

  init: (members, instrument) => ({
    members,
    scale: priceScale.init(instrument),
    sums: levelSums.init(members.reduce((most, { member }) => Math.max(most, member.levels), 0)),
    columns: levelColumns(members),
  }),

  step(state, { book }, out, at) {
    if (!book.synced || book.crossed) {
      voidColumns(state.members, out, at)
      return
    }
    levelSums.read(state.sums, book)
    const oneSided = book.bidDepth === 0 || book.askDepth === 0
    touchColumns(state, book, oneSided, out, at)
    sumColumns(state, oneSided, out, at)
    poolColumns(state, oneSided, out, at)
  },
}
