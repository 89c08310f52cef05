import type { GroupMember } from '../contracts/feature-group.js'
import type { LevelMember } from './level-group.js'
import { pooledLots, type PooledLots } from './pooled-lots.js'

/** The columns of one feature; all of one shape, whatever they hold. */
export interface LevelColumn {
  /** The first of them. */
  readonly at: number
  /** The last rank that counts, 0 the best. */
  readonly last: number
  readonly weights: Float64Array
  readonly pool: PooledLots
}

/** The features of a list by what they give. */
export interface LevelColumns {
  readonly midPrice: readonly LevelColumn[]
  readonly spread: readonly LevelColumn[]
  readonly relativeSpread: readonly LevelColumn[]
  readonly weightedMid: readonly LevelColumn[]
  readonly queueImbalance: readonly LevelColumn[]
  readonly depthImbalance: readonly LevelColumn[]
  readonly weightedImbalance: readonly LevelColumn[]
  readonly topVolume: readonly LevelColumn[]
  readonly bookVwap: readonly LevelColumn[]
  readonly liquidityConcentration: readonly LevelColumn[]
  readonly liquidityEntropy: readonly LevelColumn[]
}

export function levelColumns(members: readonly GroupMember<LevelMember>[]): LevelColumns {
  const of = (kind: keyof LevelColumns): LevelColumn[] => members.filter(({ member }) => member.kind === kind).map(columnOf)
  return {
    midPrice: of('midPrice'),
    spread: of('spread'),
    relativeSpread: of('relativeSpread'),
    weightedMid: of('weightedMid'),
    queueImbalance: of('queueImbalance'),
    depthImbalance: of('depthImbalance'),
    weightedImbalance: of('weightedImbalance'),
    topVolume: of('topVolume'),
    bookVwap: of('bookVwap'),
    liquidityConcentration: of('liquidityConcentration'),
    liquidityEntropy: of('liquidityEntropy'),
  }
}

function columnOf({ member: { kind, levels, weights }, at }: GroupMember<LevelMember>): LevelColumn {
  const pools = kind === 'liquidityConcentration' || kind === 'liquidityEntropy'
  return { at, last: levels - 1, weights: weights ?? new Float64Array(0), pool: pooledLots.init(pools ? levels : 0) }
}
