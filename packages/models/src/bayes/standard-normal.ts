import type { Random } from '@rxlob/core'

/** A draw from N(0, 1), by Box and Muller's method. */
export const standardNormal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
