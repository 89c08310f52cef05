import type { Lots, Random, Side, Ticks } from '@rxlob/core'
import type { Exchange } from './exchange/index.js'

/** One side of the book that a session opens with. */
export interface OpeningSide {
  readonly side: Side
  readonly bestTicks: Ticks
  readonly levels: number
  /** Mean number of orders at a level, level 0 being the best. At least one order rests at every level. */
  readonly meanOrders: (level: number) => number
  readonly lots: (level: number) => Lots
  readonly nextOrderId: () => number
}

/**
 * Rests limit orders at adjacent prices: one, plus a Poisson number with the rest of the mean. Prices under one tick are left
 * out.
 */
export function openingBook(venue: Exchange, random: Random, { side, bestTicks, levels, meanOrders, lots, nextOrderId }: OpeningSide): void {
  const step = side === 'bid' ? -1 : 1
  for (let level = 0; level < levels; level++) {
    const ticks = bestTicks + step * level
    if (ticks < 1) return
    const orders = 1 + poisson(Math.max(0, meanOrders(level) - 1), random)
    for (let order = 0; order < orders; order++) {
      venue.submit({ orderId: nextOrderId(), side: side === 'bid' ? 'buy' : 'sell', type: 'limit', ticks, lots: lots(level) })
    }
  }
}

/** Knuth's multiplication method: fine for the small means of a queue. */
function poisson(mean: number, random: Random): number {
  const floor = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > floor; product *= random()) count++
  return count
}
