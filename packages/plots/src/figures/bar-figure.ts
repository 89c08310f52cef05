import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import type { LegendItem } from '../draw/legend.js'
import { seriesStyle } from '../draw/series-style.js'
import { tellable } from '../draw/tellable.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { barMark } from '../marks/bar-mark.js'
import { lineMark } from '../marks/line-mark.js'
import { whiskerMark } from '../marks/whisker-mark.js'
import { numbers } from '../numbers.js'
import { categoryAxis } from '../scale/category-axis.js'
import { numberAxis } from '../scale/number-axis.js'

export interface BarFigureValues {
  /** From left to right, for example the windows `1 s`, `10 s`. */
  readonly groups: readonly string[]
  /** A bar of each stands in every group. */
  readonly series: readonly BarSeries[]
}

export interface BarSeries {
  readonly name: string
  /** One a group; NaN leaves the place empty. */
  readonly values: ArrayLike<number>
  /** Interval of each value. */
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
}

export interface BarFigureOptions extends FigureOptions {
  /** Quantity and unit of the values. */
  readonly yTitle: string
  /** What the groups are, with their unit. */
  readonly xTitle: string
  /** What `low` and `high` are. Default `95% interval`. */
  readonly intervalName?: string
}

/**
 * Bars from zero, side by side in groups, with intervals.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree or there are more than 12 series.
 */
export function barFigure({ groups, series }: BarFigureValues, options: BarFigureOptions): Figure {
  tellable('series', series.length)
  const kept = series.map(({ name, values, low, high }) => ({
    name,
    values: numbers(`series ${name}`, values, groups.length),
    low: low === undefined ? undefined : numbers(`low of series ${name}`, low, groups.length),
    high: high === undefined ? undefined : numbers(`high of series ${name}`, high, groups.length),
  }))
  const { yTitle, xTitle, intervalName = '95% interval' } = options
  const whiskers = kept.some(({ low, high }) => low !== undefined && high !== undefined)
  const range = valueRange([[0], ...kept.flatMap(({ values, low, high }) => [values, low ?? [], high ?? []])])
  const share = 0.8 / Math.max(1, kept.length)
  return defineFigure({
    title: yTitle,
    options,
    about: whiskers ? `Whiskers are the ${intervalName}.` : '',
    summary: kept.map(({ name, values }) => `${name}: ${Array.from(values, (value, i) => `${groups[i]} ${formatNumber(value, { digits: 3 })}`).join(', ')}`).join('; ').concat('.'),
    empty: kept.every(({ values }) => values.every(Number.isNaN)) ? 'no bar has a defined value.' : undefined,
    legend: (theme) => (kept.length > 1 ? kept.map(({ name }, rank): LegendItem => ({ kind: 'box', label: name, fill: seriesStyle(rank, theme).color })) : []),
    draw: (space) =>
      stackedPanels(space, {
        x: (length) => categoryAxis({ title: xTitle, names: groups, length, direction: 'horizontal', labelWidth: space.width * 0.2 }),
        rows: [
          {
            height: options.plotHeight ?? 300,
            y: (length) => numberAxis({ title: yTitle, length, direction: 'vertical', range }),
            marks: [
              ...kept.flatMap(({ values, low, high }, rank) => {
                const from = groups.map((_, group) => group - 0.4 + rank * share)
                const centres = from.map((left) => left + share / 2)
                return [
                  barMark({ from: from.map((left) => left + share * 0.04), to: from.map((left) => left + share * 0.96), value: values, color: seriesStyle(rank, space.theme).color }),
                  ...(low === undefined || high === undefined
                    ? []
                    : [
                        whiskerMark({ at: centres, low, high, direction: 'vertical', stroke: { color: space.theme.surface, width: 3.5 }, cap: 3 }),
                        whiskerMark({ at: centres, low, high, direction: 'vertical', stroke: { color: space.theme.ink, width: 1.5 }, cap: 3 }),
                      ]),
                ]
              }),
              ...(range[0] < 0 ? [lineMark({ x: [-0.5, groups.length - 0.5], y: [0, 0], stroke: { color: space.theme.axis, width: 1 } })] : []),
            ],
          },
        ],
      }),
  })
}
