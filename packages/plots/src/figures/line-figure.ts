import { LobError } from '@rxlob/core/kernel'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import { lineLegend } from '../draw/line-legend.js'
import { lineRow, type Reference } from '../draw/line-row.js'
import { tellable } from '../draw/tellable.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { inOrder } from '../in-order.js'
import { numbers } from '../numbers.js'
import type { Axis } from '../scale/axis.js'
import { numberAxis } from '../scale/number-axis.js'
import { timeAxis } from '../scale/time-axis.js'

export interface LineFigureValues {
  /** Rising; numbers, or microseconds since 1970 where `timeZone` is given. */
  readonly x: ArrayLike<number>
  /** The first is drawn the thickest and on top. */
  readonly series: readonly LineSeries[]
}

export interface LineSeries {
  readonly name: string
  /** One an x; NaN breaks the line. */
  readonly values: ArrayLike<number>
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
}

export interface LineFigureOptions extends FigureOptions {
  /** Quantity and unit. */
  readonly yTitle: string
  /** Quantity and unit of x; needed unless `timeZone` is given. */
  readonly xTitle?: string
  /** IANA zone of a time axis. */
  readonly timeZone?: string
  /** What `low` and `high` are. Default `95% interval`. */
  readonly intervalName?: string
  /** Values to draw a line at. */
  readonly references?: readonly Reference[]
}

/**
 * Lines over numbers or time, with intervals.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree, x falls, neither `xTitle` nor `timeZone` is given, or there are more than 12 series.
 */
export function lineFigure(values: LineFigureValues, options: LineFigureOptions): Figure {
  const x = inOrder('x', numbers('x', values.x), 'never fall')
  tellable('series', values.series.length)
  const series = values.series.map(({ name, values: y, low, high }) => ({
    name,
    values: numbers(`series ${name}`, y, x.length),
    low: low === undefined ? undefined : numbers(`low of series ${name}`, low, x.length),
    high: high === undefined ? undefined : numbers(`high of series ${name}`, high, x.length),
  }))
  const { yTitle, xTitle, timeZone, intervalName = '95% interval', references = [] } = options
  if (xTitle === undefined && timeZone === undefined) throw new LobError('LOB_BAD_OPTION', 'Option xTitle: expected the quantity and unit of x, or timeZone for a time axis.')
  const range = valueRange([x])
  const points = series.reduce((sum, { values: y }) => sum + y.filter((value) => Number.isFinite(value)).length, 0)
  return defineFigure({
    title: yTitle,
    options,
    about: '',
    summary: series.map(({ name, values: y }) => `${name} from ${valueRange([y]).map((value) => formatNumber(value)).join(' to ')}`).join('; ').concat('.'),
    empty: points === 0 ? 'no series has a defined value.' : undefined,
    legend: (theme) => (series.length > 1 || series.some(({ low }) => low !== undefined) || references.length > 0 ? lineLegend({ series, references }, theme, intervalName) : []),
    draw: (space) =>
      stackedPanels(space, {
        x: (length): Axis => (timeZone === undefined ? numberAxis({ title: xTitle ?? '', length, direction: 'horizontal', range, nice: false }) : timeAxis({ length, range, timeZone })),
        rows: [lineRow({ x, series, references, height: options.plotHeight ?? 300, yAxis: { title: yTitle } }, space.theme)],
      }),
  })
}
