import type { Tick } from '../book/tick.js'
import { ring, type Ring } from '../numeric/ring.js'
import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import type { Micros } from '../units.js'
import { rollingClock, type RollingClock } from './rolling-clock.js'
import type { CheckedSpan } from './rolling-span.js'
import { tradeSigner, type TradeSigner, type TradeSigning } from './trade-signer.js'

/** Trades that wait for the mid a horizon later, and the means over those that have it: plain data. */
export interface SettledTrades {
  readonly clock: RollingClock
  readonly horizon: RollingClock
  readonly signer: TradeSigner
  /** By the key at which they settle: signed lots, and the price that the later mid is compared with. */
  readonly waiting: Ring
  readonly prices: Ring
  readonly distances: RollingSum
  readonly lots: RollingSum
}

/**
 * Mean by lots of 2 q (mid a horizon later - reference), over trades that settled in a rolling window. A trade settles at the first row
 * after its horizon, with the mid of the row before it: the last at or before the horizon. One without a mid then is dropped.
 */
export const settledTrades = {
  init: (span: CheckedSpan, horizon: CheckedSpan): SettledTrades => ({
    clock: rollingClock.init(span),
    horizon: rollingClock.init(horizon),
    signer: tradeSigner.init(),
    waiting: ring.init(),
    prices: ring.init(),
    distances: rollingSum.init(),
    lots: rollingSum.init(),
  }),

  /** `reference` is the price of the trade, or the mid before it. */
  step(state: SettledTrades, tick: Tick, signing: TradeSigning, reference: 'trade' | 'mid'): number {
    const { clock, horizon, signer, waiting, prices, distances, lots } = state
    const now = rollingClock.advance(clock, tick)
    rollingSum.evict(distances, rollingClock.left(clock))
    rollingSum.evict(lots, rollingClock.left(clock))
    const key = rollingClock.advance(horizon, tick)
    for (; ring.firstKey(waiting) < key; ring.shift(waiting), ring.shift(prices)) {
      const distance = 2 * ring.firstValue(waiting) * (signer.mid - ring.firstValue(prices))
      if (Number.isNaN(distance)) continue
      rollingSum.push(distances, now, distance)
      rollingSum.push(lots, now, Math.abs(ring.firstValue(waiting)))
    }
    const signed = tradeSigner.sign(signer, tick, signing) * tick.tradeSize
    const price = reference === 'mid' ? signer.mid : tick.tradeTicks
    if (!Number.isNaN(signed * price)) {
      ring.push(waiting, key + horizon.length, signed)
      ring.push(prices, key + horizon.length, price)
    }
    tradeSigner.see(signer, tick)
    return rollingClock.covered(clock) ? rollingSum.total(distances) / rollingSum.total(lots) : NaN
  },

  /** No trade settles or leaves the window before this time. NaN where window or horizon is of rows. */
  until({ clock, horizon, waiting, distances }: SettledTrades): Micros {
    return horizon.byTime ? Math.min(rollingClock.until(clock, distances.entries), ring.firstKey(waiting)) : NaN
  },
} as const
