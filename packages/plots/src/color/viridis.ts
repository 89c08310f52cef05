import type { ColorMap } from './color-map.js'
import { interpolatedMap } from './interpolated-map.js'

/** Dark violet to yellow, evenly rising lightness, safe for every common colour vision. @see Smith and van der Walt (2015), matplotlib `viridis` */
export const viridis: ColorMap = interpolatedMap(
  '440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725',
)
