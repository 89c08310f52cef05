import { midTicksOf } from '../hand-tick.js'

/** Vector A7 in ticks of 0.01. */
export const a7 = midTicksOf([10000, 10010, 10005, 10020, 10015, 10010, 10025, 10030, 10020, 10035, 10030, 10040, 10038])
