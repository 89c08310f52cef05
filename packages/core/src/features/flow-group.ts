import type { FeatureGroup, GroupMember } from '../contracts/feature-group.js'
import { flowWindow, type FlowWindow } from './flow-window.js'
import { rankFlows, type RankFlows } from './rank-flows.js'
import type { CheckedSpan } from './rolling-span.js'
import { voidColumns } from './void-columns.js'

/** What a feature gives of the order flow into the first `levels` ranks: each of them, their sum, or the sum of that over a window. */
export type FlowMember = { readonly kind: 'ranks' | 'sum'; readonly levels: number } | { readonly kind: 'window'; readonly levels: number; readonly span: CheckedSpan }

interface FlowColumn {
  /** The first of its columns. */
  readonly at: number
  readonly levels: number
}

interface FlowGroupState {
  readonly members: readonly GroupMember<FlowMember>[]
  readonly ranks: RankFlows
  readonly byRank: readonly FlowColumn[]
  readonly sums: readonly FlowColumn[]
  readonly windows: readonly (FlowColumn & { readonly window: FlowWindow })[]
}

/** Features of order flow in lots: the flow into each rank is found once, then summed over ranks and over windows. */
export const flowGroup: FeatureGroup<FlowMember, FlowGroupState> = {
  levelsOnly: false,

  init(members) {
    const of = (kind: FlowMember['kind']): FlowColumn[] => members.filter(({ member }) => member.kind === kind).map(({ member: { levels }, at }) => ({ at, levels }))
    return {
      members,
      ranks: rankFlows.init(members.reduce((most, { member }) => Math.max(most, member.levels), 0)),
      byRank: of('ranks'),
      sums: of('sum'),
      windows: members.flatMap(({ member, at }) => (member.kind === 'window' ? [{ at, levels: member.levels, window: flowWindow.init(member.span) }] : [])),
    }
  },

  step({ members, ranks, byRank, sums, windows }, tick, out, at) {
    if (!tick.book.synced || tick.book.crossed) {
      voidColumns(members, out, at)
      return
    }
    rankFlows.read(ranks, tick, false)
    for (let i = 0; i < byRank.length; i++) {
      const { at: column, levels } = byRank[i]!
      for (let rank = 0; rank < levels; rank++) out[at + column + rank] = ranks.flows[rank]!
    }
    for (let i = 0; i < sums.length; i++) out[at + sums[i]!.at] = rankFlows.total(ranks, sums[i]!.levels)
    for (let i = 0; i < windows.length; i++) {
      const { at: column, levels, window } = windows[i]!
      out[at + column] = flowWindow.step(window, tick, rankFlows.total(ranks, levels))
    }
  },
}
