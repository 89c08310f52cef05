import type { Theme } from '../theme.js'
import type { Stroke } from './element.js'
import type { DrawnSeries } from './line-row.js'
import { seriesStyle } from './series-style.js'

/** How a line is drawn: as it says, or by its rank. */
export function lineStroke({ stroke }: DrawnSeries, rank: number, theme: Theme): Stroke {
  return stroke?.(theme) ?? seriesStyle(rank, theme).stroke
}
