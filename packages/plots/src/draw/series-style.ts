import { circle, diamond, square, type SymbolPath, triangleDown, triangleUp } from '../marks/symbols.js'
import type { Theme } from '../theme.js'
import type { Stroke } from './element.js'

export interface SeriesStyle {
  readonly color: string
  readonly stroke: Stroke
  readonly symbol: SymbolPath
}

const dashes: readonly (readonly number[] | undefined)[] = [undefined, [7, 4], [2, 4], [10, 4, 2, 4], [5, 2], [14, 4]]
const symbols = [circle, square, triangleUp, diamond, triangleDown]

/** Colour, dash and symbol of the series of a rank. Colour never tells two apart alone: the dash differs too. The first is the thickest. */
export function seriesStyle(rank: number, theme: Theme): SeriesStyle {
  const color = theme.series[rank % theme.series.length] ?? theme.ink
  // From the second round of colours on the dashes are moved by one, so that no pair of both repeats.
  const dash = dashes[(rank + Math.floor(rank / theme.series.length)) % dashes.length]
  return { color, stroke: { color, width: rank === 0 ? 2.5 : 1.75, ...(dash === undefined ? {} : { dash }) }, symbol: symbols[rank % symbols.length] ?? circle }
}
