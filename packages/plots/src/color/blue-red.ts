import type { ColorMap } from './color-map.js'
import { interpolatedMap } from './interpolated-map.js'

/** Blue (0) over violet to orange-red (1), of even lightness: small dots of it are seen on light and dark pages alike. */
export const blueRed: ColorMap = interpolatedMap('3f7fd0 7d6fc9 b45fb0 d6507a e0522f')
