import { midTicksOf } from '../hand-tick.js'

/** Vector A6 in ticks of 0.1: four rows a bar, in the order open, high, low, close. */
const bars = [[100, 102, 99, 101], [101, 102.5, 99, 99.5], [99.5, 101, 98.5, 100.5], [100.5, 103, 100, 102.5]]
export const a6 = midTicksOf(bars.flat().map((price) => Math.round(price * 10)))
