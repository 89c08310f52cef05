import type { ColorMap } from './color-map.js'
import { interpolatedMap } from './interpolated-map.js'

/** Blue (0) over near-white (0.5) to orange (1). @see ColorBrewer 2.0, the halves of RdBu and PuOr */
export const blueOrange: ColorMap = interpolatedMap('053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08')
