import type { Lots, Random } from '@rxlob/core'

/** The largest order that `orderLots` draws. */
export const maxOrderLots = 2000

/**
 * Size of one order: 55 % a round hundred, 20 % an odd lot below it, the rest several hundreds
 * with a geometric tail. Mean about 154 lots.
 */
export function orderLots(random: Random): Lots {
  const kind = random()
  if (kind < 0.55) return 100
  if (kind < 0.75) return 1 + Math.floor(99 * random())
  return Math.min(maxOrderLots, 100 * (2 + Math.floor(-2 * Math.log(1 - random()))))
}
