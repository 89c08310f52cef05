import type { Tick } from '../book/tick.js'
import type { Lots, Ticks } from '../units.js'
import { midTicks } from './mid-ticks.js'
import { tradeSigner, type TradeSigner, type TradeSigning } from './trade-signer.js'

/** Mids and trades of a bar: plain data. Prices are NaN where it has no mid. */
export interface MidBar {
  open: Ticks
  high: Ticks
  low: Ticks
  close: Ticks
  /** Signed by the taker; trades whose taker is not known are left out. */
  flow: Lots
  lots: Lots
  /** Sum of price in ticks times lots. */
  value: number
}

/** A bar under way. `regular` and `hidden` trades count; a mid that is not positive is skipped. */
export const midBar = {
  init: (): MidBar => ({ open: NaN, high: NaN, low: NaN, close: NaN, flow: 0, lots: 0, value: 0 }),

  add(bar: MidBar, signer: TradeSigner, tick: Tick, signing: TradeSigning): void {
    const sign = tradeSigner.sign(signer, tick, signing)
    tradeSigner.see(signer, tick)
    if (tick.tradePrint === 'regular' || tick.tradePrint === 'hidden') {
      if (!Number.isNaN(sign)) bar.flow += sign * tick.tradeSize
      bar.lots += tick.tradeSize
      bar.value += tick.tradeTicks * tick.tradeSize
    }
    const mid = midTicks(tick.book)
    if (!(mid > 0)) return
    if (Number.isNaN(bar.open)) bar.open = bar.high = bar.low = mid
    else if (mid > bar.high) bar.high = mid
    else if (mid < bar.low) bar.low = mid
    bar.close = mid
  },
} as const
