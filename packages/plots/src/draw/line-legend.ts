import type { Theme } from '../theme.js'
import type { LegendItem } from './legend.js'
import type { LineRowOptions } from './line-row.js'
import { lineStroke } from './line-stroke.js'
import { seriesStyle } from './series-style.js'

/** Samples of the lines, intervals and references of a plot. */
export function lineLegend({ series, references = [] }: Pick<LineRowOptions, 'series' | 'references'>, theme: Theme, intervalName: string): LegendItem[] {
  return [
    ...series.map((drawn, rank): LegendItem => ({ kind: 'line', label: drawn.name, stroke: lineStroke(drawn, rank, theme) })),
    ...series.flatMap(({ name, low }, rank): LegendItem[] =>
      low === undefined ? [] : [{ kind: 'box', label: series.length > 1 ? `${intervalName} of ${name}` : intervalName, fill: seriesStyle(rank, theme).color, opacity: 0.22 }],
    ),
    ...references.map(({ label }): LegendItem => ({ kind: 'line', label, stroke: { color: theme.ink, width: 1, dash: [3, 3] } })),
  ]
}
