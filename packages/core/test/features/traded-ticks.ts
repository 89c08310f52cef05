import fc from 'fast-check'
import type { RollingSpan, Tick } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveMid } from '../naive-window.js'
import { randomBook } from '../random-ticks.js'

/** Random books with trades, now and then hidden or of an unknown taker. */
export const tradedTicks: fc.Arbitrary<Tick[]> = fc
  .array(fc.tuple(randomBook, fc.integer({ min: 0, max: 400 }), fc.integer({ min: -6, max: 6 }), fc.constantFrom('regular', 'hidden', 'unknown')), { minLength: 1, maxLength: 60 })
  .map((rows) => {
    let at = 1_000_000
    return rows.map(([book, wait, lots, how]) =>
      handTick({
        ...book,
        at: (at += wait),
        ...(lots !== 0 && { trade: { ticks: 1000 + lots / (how === 'hidden' ? 2 : 1), lots: how === 'unknown' ? NaN : lots, size: Math.abs(lots), print: how === 'hidden' ? how : 'regular' } }),
      }))
  })

export interface NaiveTrade {
  readonly tick: Tick
  readonly sign: number
  readonly price: number
  readonly lots: number
  /** Mid of the kept row before. */
  readonly before: number
  /** Mid of the last kept row at or before the horizon, and the kept row that shows it is over; undefined where none came. */
  readonly later?: number
  readonly settledBy?: Tick
}

const keeps = ({ book }: Tick): boolean => book.synced && !book.crossed

/** Trades with a known taker, and what came of them. */
export function tradesOf(ticks: readonly Tick[], horizon?: RollingSpan): NaiveTrade[] {
  const kept = ticks.filter(keeps)
  return kept.flatMap((tick, row) => {
    const before = row === 0 ? NaN : naiveMid(kept[row - 1]!)
    const sign = Math.sign(tick.tradeLots)
    if (!(tick.tradeSize > 0) || Number.isNaN(sign)) return []
    const over = horizon === undefined ? -1 : kept.findIndex((other, at) => (horizon.ticks === undefined ? other.tsLocal > tick.tsLocal + horizon.micros : at > row + horizon.ticks))
    return [{ tick, sign, price: tick.tradeTicks, lots: tick.tradeSize, before, ...(over > 0 && { later: naiveMid(kept[over - 1]!), settledBy: kept[over]! }) }]
  })
}

/** NaN where there are none. */
export const meanByLots = (pairs: readonly (readonly [value: number, lots: number])[]): number => {
  const known = pairs.filter(([value]) => !Number.isNaN(value))
  return known.reduce((sum, [value, lots]) => sum + value * lots, 0) / known.reduce((sum, [, lots]) => sum + lots, 0)
}
