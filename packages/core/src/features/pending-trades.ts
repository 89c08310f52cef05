import type { Tick } from '../book/tick.js'
import type { Lots, Ticks } from '../units.js'

/** Trades whose size has not been seen to leave the book yet (feeds without orders): plain data. */
export interface PendingTrades {
  readonly ticks: Float64Array
  readonly lots: Float64Array
  /** Side of the resting order: +1 bid, -1 ask, 0 unknown. */
  readonly side: Int8Array
  length: number
}

/** Feeds that conflate 100 ms of trading move far fewer prices. The oldest gives way. */
const capacity = 64

/** Operations on `PendingTrades`. Cost: O(trades waiting). */
export const pendingTrades = {
  init: (): PendingTrades => ({ ticks: new Float64Array(capacity), lots: new Float64Array(capacity), side: new Int8Array(capacity), length: 0 }),

  /** Takes in what a row traded; a snapshot shows every trade before it. */
  see(pending: PendingTrades, tick: Tick): void {
    if (tick.kind === 'snapshot') pending.length = 0
    else if (tick.kind === 'trade' && tick.tradePrint === 'regular') pendingTrades.push(pending, tick)
  },

  push(pending: PendingTrades, { tradeTicks, tradeLots, tradeSize }: Tick): void {
    if (pending.length === capacity) drop(pending, 0)
    pending.ticks[pending.length] = tradeTicks
    pending.lots[pending.length] = tradeSize
    pending.side[pending.length] = tradeLots > 0 ? -1 : tradeLots < 0 ? 1 : 0
    pending.length++
  },

  /** Lots traded against a level since they were last asked for; forgets them. */
  take(pending: PendingTrades, side: 1 | -1, ticks: Ticks): Lots {
    let lots = 0
    for (let i = pending.length - 1; i >= 0; i--) {
      if (pending.ticks[i] !== ticks || pending.side[i] === -side) continue
      lots += pending.lots[i]!
      drop(pending, i)
    }
    return lots
  },
} as const

function drop(pending: PendingTrades, at: number): void {
  pending.ticks.copyWithin(at, at + 1, pending.length)
  pending.lots.copyWithin(at, at + 1, pending.length)
  pending.side.copyWithin(at, at + 1, pending.length)
  pending.length--
}
