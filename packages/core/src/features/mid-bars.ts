import type { Tick } from '../book/tick.js'
import type { Micros, Ticks } from '../units.js'
import { barClock, type BarClock } from './bar-clock.js'
import { midBar, type MidBar } from './mid-bar.js'
import type { CheckedSpan } from './rolling-span.js'
import { tradeSigner, type TradeSigner, type TradeSigning } from './trade-signer.js'

/** Rows cut into bars: plain data. The fields of a bar are those of the one that `next` gave last. */
export interface MidBars extends MidBar {
  readonly clock: BarClock
  readonly signer: TradeSigner
  readonly under: MidBar
  /** Most bars that anyone wants after a long silence. */
  readonly keep: number
  /** Close of the bar before; NaN where there was none. */
  previous: Ticks
  /** Bars that ended and were not asked for yet. */
  due: number
  /** Whether the first of them is the one that was under way; the others are empty. */
  fresh: boolean
}

/**
 * Bars of the mid. Call `step` on every row, then `next` until it is false. A bar without a mid stands at the last close; bars before the
 * first mid, and the part of a bar before the first multiple of time, are left out but for their close.
 */
export const midBars = {
  init: (span: CheckedSpan, keep: number): MidBars => ({
    open: NaN, high: NaN, low: NaN, close: NaN, flow: 0, lots: 0, value: 0, clock: barClock.init(span), signer: tradeSigner.init(), under: midBar.init(), keep, previous: NaN, due: 0, fresh: false,
  }),

  step(bars: MidBars, tick: Tick, signing: TradeSigning = 'exchange'): void {
    const ended = barClock.before(bars.clock, tick)
    if (ended > 0) finish(bars, Math.min(ended, bars.keep + 1))
    midBar.add(bars.under, bars.signer, tick, signing)
    if (barClock.after(bars.clock)) finish(bars, 1)
  },

  /** No bar ends before this time, and no row before it changes anything while the mid stands and nothing trades. NaN for bars of rows. */
  until: ({ clock }: MidBars): Micros => barClock.until(clock),

  /** Moves on to the next bar that ended. False where there is none. */
  next(bars: MidBars): boolean {
    while (bars.due > 0) {
      bars.due--
      const whole = bars.clock.whole || !bars.fresh
      if (bars.fresh) bars.clock.whole = true
      else {
        bars.previous = bars.open = bars.high = bars.low = bars.close
        bars.flow = bars.lots = bars.value = 0
      }
      bars.fresh = false
      if (whole && !Number.isNaN(bars.close)) return true
    }
    return false
  },
} as const

function finish(bars: MidBars, due: number): void {
  const { under } = bars
  const moved = !Number.isNaN(under.open)
  bars.previous = bars.close
  bars.open = moved ? under.open : bars.previous
  bars.high = moved ? under.high : bars.previous
  bars.low = moved ? under.low : bars.previous
  bars.close = moved ? under.close : bars.previous
  bars.flow = under.flow
  bars.lots = under.lots
  bars.value = under.value
  under.open = under.high = under.low = under.close = NaN
  under.flow = under.lots = under.value = 0
  bars.due = due
  bars.fresh = true
}
