import { bandMark } from '../marks/band-mark.js'
import { lineMark } from '../marks/line-mark.js'
import { referenceMark } from '../marks/reference-mark.js'
import { numberAxis, type NumberAxisOptions } from '../scale/number-axis.js'
import type { Theme } from '../theme.js'
import type { Stroke } from './element.js'
import type { PanelRow } from './layout.js'
import { lineStroke } from './line-stroke.js'
import { seriesStyle } from './series-style.js'
import { valueRange } from './value-range.js'

/** A line of numbers, NaN where it breaks, with an interval around it where `low` and `high` are given. */
export interface DrawnSeries {
  readonly name: string
  readonly values: Float64Array
  readonly low?: Float64Array | undefined
  readonly high?: Float64Array | undefined
  /** Default by rank. */
  readonly stroke?: (theme: Theme) => Stroke
}

export interface Reference {
  readonly value: number
  readonly label: string
}

export interface LineRowOptions {
  readonly x: ArrayLike<number>
  readonly series: readonly DrawnSeries[]
  readonly references?: readonly Reference[]
  readonly height: number
  readonly yAxis: Pick<NumberAxisOptions, 'title' | 'suffix'>
  /** Default: what the series and references need. */
  readonly range?: readonly [number, number]
}

/** A plot of lines over one horizontal axis. */
export function lineRow({ x, series, references = [], height, yAxis, range }: LineRowOptions, theme: Theme): PanelRow {
  const needed = range ?? valueRange([...series.flatMap(({ values, low, high }) => [values, low ?? [], high ?? []]), references.map(({ value }) => value)])
  const styles = series.map((_, rank) => seriesStyle(rank, theme))
  return {
    height,
    y: (length) => numberAxis({ ...yAxis, length, direction: 'vertical', range: needed }),
    marks: [
      ...references.map(({ value }) => referenceMark({ value, direction: 'horizontal', color: theme.ink })),
      ...series.flatMap(({ low, high }, rank) =>
        low === undefined || high === undefined ? [] : [bandMark({ x, low, high, color: styles[rank]?.color ?? theme.ink, opacity: 0.22 })],
      ),
      // The first series last, on top of those it is compared with.
      ...series.map((drawn, rank) => lineMark({ x, y: drawn.values, stroke: lineStroke(drawn, rank, theme) })).reverse(),
    ],
  }
}
