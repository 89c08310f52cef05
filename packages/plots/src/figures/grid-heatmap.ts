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

export interface GridHeatmapValues {
  /** From top to bottom. */
  readonly rows: readonly string[]
  /** From left to right. */
  readonly columns: readonly string[]
  /** Row by row; NaN where there is nothing. */
  readonly values: ArrayLike<number>
  /** Intervals, written below the values where they fit. */
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
}

export interface GridHeatmapOptions extends FigureOptions {
  /** Quantity and unit of the values. */
  readonly measure: string
  readonly rowTitle: string
  readonly columnTitle: string
  /** Digits after the point of the written numbers. Default 0. */
  readonly decimals?: number
  /** What `low` and `high` are. Default `95% interval`. */
  readonly intervalName?: string
}

/**
 * One number by two settings: blue below zero, white at it, orange above, with the number and its interval in each cell.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree.
 */
export function gridHeatmap({ rows, columns, ...given }: GridHeatmapValues, options: GridHeatmapOptions): Figure {
  const cells = rows.length * columns.length
  const values = numbers('values', given.values, cells)
  const low = given.low === undefined ? undefined : numbers('low', given.low, cells)
  const high = given.high === undefined ? undefined : numbers('high', given.high, cells)
  const { measure, rowTitle, columnTitle, decimals = 0, intervalName = '95% interval' } = options
  const top = values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0) || 1
  const places = values.map((value) => (value / top + 1) / 2)
  const written = (value: number): string => formatNumber(value, { decimals })
  const intervals = low !== undefined && high !== undefined
  return defineFigure({
    title: measure,
    options,
    about: `${measure} by ${rowTitle} and ${columnTitle}; blue is below zero, orange above.${intervals ? ` The smaller numbers are the ${intervalName}.` : ''}`,
    summary: `${rows.map((row, r) => `${row}: ${columns.map((column, c) => `${column} ${written(values[r * columns.length + c]!)}`).join(', ')}`).join('; ')}.`,
    empty: values.every(Number.isNaN) ? 'no cell has a value.' : undefined,
    widest: Math.min(860, 240 + 170 * columns.length),
    legend: (): LegendItem[] => [
      { kind: 'colors', label: measure, map: blueOrange, ticks: [-1, -0.5, 0, 0.5, 1].map((share) => ({ place: (share + 1) / 2, label: formatNumber(share * top, { digits: 2 }) })) },
    ],
    draw: (space) =>
      stackedPanels(space, {
        x: (length) => categoryAxis({ title: columnTitle, names: columns, length, direction: 'horizontal', labelWidth: space.width * 0.25 }),
        rows: [
          {
            height: options.plotHeight ?? Math.max(80, 52 * rows.length),
            y: (length) => categoryAxis({ title: rowTitle, names: [...rows].reverse(), length, direction: 'vertical', labelWidth: space.width * 0.28 }),
            marks: [
              cellMark({ rows: rows.length, columns: columns.length, places, map: blueOrange, missing: space.theme.missing }),
              textMark(({ rect, x, y }) => {
                const room = rect.width / columns.length
                if (room < 34) return []
                const both = intervals && room > 96 && rect.height / rows.length > 36
                return Array.from(values).flatMap((value, at) => {
                  const color = Number.isNaN(value) ? space.theme.ink : inkOn(blueOrange(places[at]!))
                  const [across, middle] = [x(at % columns.length), y(rows.length - 1 - Math.floor(at / columns.length))]
                  return [
                    { kind: 'text', text: written(value), x: across, y: both ? middle - 8 : middle, color, size: both ? 13 : 11, weight: 'bold', align: 'center' } as const,
                    ...(both ? [{ kind: 'text', text: `${written(low[at]!)} to ${written(high[at]!)}`, x: across, y: middle + 10, color, size: 11, align: 'center' } as const] : []),
                  ]
                })
              }),
            ],
          },
        ],
      }),
  })
}
