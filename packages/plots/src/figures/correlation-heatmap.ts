import { LobError } from '@rxlob/core/kernel'
import { blueOrange } from '../color/blue-orange.js'
import { inkOn } from '../color/ink-on.js'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import type { LegendItem } from '../draw/legend.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { cellMark } from '../marks/cell-mark.js'
import { textMark } from '../marks/text-mark.js'
import { numbers } from '../numbers.js'
import { categoryAxis } from '../scale/category-axis.js'

export interface CorrelationHeatmapValues {
  /** One a feature. */
  readonly names: readonly string[]
  /** Row by row, -1 to 1; NaN where undefined. */
  readonly correlations: ArrayLike<number>
}

export interface CorrelationHeatmapOptions extends FigureOptions {
  /** Which correlation, for example `Spearman correlation`. Default `Pearson correlation`. */
  readonly measure?: string
}

/**
 * Correlation of every pair of features, with the number in each cell where it fits.
 *
 * @throws {LobError} LOB_BAD_OPTION where the matrix is not square or holds a number outside [-1, 1].
 */
export function correlationHeatmap({ names, correlations }: CorrelationHeatmapValues, options: CorrelationHeatmapOptions): Figure {
  const count = names.length
  const matrix = numbers('correlations', correlations, count * count)
  // A correlation of a series with itself may come out as 1.0000000000000002.
  const outside = matrix.find((value) => Math.abs(value) > 1 + 1e-9)
  if (outside !== undefined) throw new LobError('LOB_BAD_OPTION', `correlations: expected numbers from -1 to 1, got ${outside}.`)
  const { measure = 'Pearson correlation' } = options
  const missing = matrix.some(Number.isNaN)
  const reversed = [...names].reverse()
  return defineFigure({
    title: 'Correlation of features',
    options,
    about: `${measure} of every pair of ${count} features.`,
    summary: strongest(names, matrix),
    empty: matrix.every(Number.isNaN) ? 'no pair of features has a defined correlation.' : undefined,
    widest: Math.min(860, 280 + 60 * count),
    legend: (theme): LegendItem[] => [
      { kind: 'colors', label: measure, map: blueOrange, ticks: [-1, -0.5, 0, 0.5, 1].map((value) => ({ place: (value + 1) / 2, label: formatNumber(value) })) },
      ...(missing ? [{ kind: 'box', label: 'Undefined', fill: theme.missing } as const] : []),
    ],
    draw: (space) =>
      stackedPanels(space, {
        x: (length) => categoryAxis({ title: 'Feature', names, length, direction: 'horizontal', labelWidth: space.width * 0.22 }),
        rows: [
          {
            height: (width) => options.plotHeight ?? Math.min(width, Math.max(80, count * 60)),
            y: (length) => categoryAxis({ title: 'Feature', names: reversed, length, direction: 'vertical', labelWidth: space.width * 0.28 }),
            marks: [
              cellMark({ rows: count, columns: count, places: matrix.map((value) => (value + 1) / 2), map: blueOrange, missing: space.theme.missing }),
              textMark(({ rect, x, y }) => {
                if (rect.width / count < 36 || rect.height / count < 18) return []
                return Array.from(matrix, (value, i) => ({
                  kind: 'text',
                  text: formatNumber(value, { decimals: 2 }),
                  x: x(i % count),
                  y: y(count - 1 - Math.floor(i / count)),
                  color: Number.isNaN(value) ? space.theme.ink : inkOn(blueOrange((value + 1) / 2)),
                  size: 11,
                  align: 'center',
                }))
              }),
            ],
          },
        ],
      }),
  })
}

function strongest(names: readonly string[], matrix: Float64Array): string {
  let best = -1
  for (const [i, value] of matrix.entries()) {
    const [row, column] = [Math.floor(i / names.length), i % names.length]
    if (column > row && Math.abs(value) > Math.abs(matrix[best] ?? 0)) best = i
  }
  if (best === -1) return `${names.length} features.`
  return `${names.length} features; the strongest is ${formatNumber(matrix[best] ?? Number.NaN, { decimals: 2 })} between ${names[Math.floor(best / names.length)]} and ${names[best % names.length]}.`
}
