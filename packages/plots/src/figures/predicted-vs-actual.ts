import type { Micros } from '@rxlob/core/kernel'
import { binnedMeans } from '../binned-means.js'
import { defineFigure } from '../define-figure.js'
import { type Drawing, type DrawSpace, stackedPanels } from '../draw/layout.js'
import type { LegendItem } from '../draw/legend.js'
import { lineLegend } from '../draw/line-legend.js'
import { type DrawnSeries, lineRow } from '../draw/line-row.js'
import { scatterSample } from '../draw/scatter-sample.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { inOrder } from '../in-order.js'
import { dotCloudMark } from '../marks/dot-cloud-mark.js'
import { lineMark } from '../marks/line-mark.js'
import { symbolMark } from '../marks/symbol-mark.js'
import { circle } from '../marks/symbols.js'
import { whiskerMark } from '../marks/whisker-mark.js'
import { numbers } from '../numbers.js'
import { numberAxis } from '../scale/number-axis.js'
import { timeAxis } from '../scale/time-axis.js'
import type { Theme } from '../theme.js'

export interface PredictedVsActualValues {
  readonly predicted: ArrayLike<number>
  readonly actual: ArrayLike<number>
  /** Ends of each forecast's interval. */
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
  /** When each was made, never falling: the figure is then drawn over time. Without it predicted is drawn against actual. */
  readonly times?: ArrayLike<Micros>
}

export interface PredictedVsActualOptions extends FigureOptions {
  /** What is forecast, with its unit, for example `Change of the mid in 10 s (ticks)`. */
  readonly quantity: string
  /** What `low` and `high` are. Default `90% interval`. */
  readonly intervalName?: string
  /** IANA zone of the time axis. Default `UTC`. */
  readonly timeZone?: string
}

/**
 * Forecasts and what came: over time with their intervals, or one against the other with the means of equal groups.
 *
 * The caption says how many intervals held the actual value.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree or times fall.
 */
export function predictedVsActual(values: PredictedVsActualValues, options: PredictedVsActualOptions): Figure {
  const predicted = numbers('predicted', values.predicted)
  const column = (name: 'actual' | 'low' | 'high'): Float64Array | undefined => {
    const given = values[name]
    return given === undefined ? undefined : numbers(name, given, predicted.length)
  }
  const actual = column('actual') ?? new Float64Array(predicted.length).fill(Number.NaN)
  const [low, high] = [column('low'), column('high')]
  const times = values.times === undefined ? undefined : inOrder('times', numbers('times', values.times, predicted.length), 'never fall')
  const { quantity, intervalName = '90% interval', timeZone = 'UTC' } = options
  const pairs = predicted.filter((value, i) => Number.isFinite(value + (actual[i] ?? Number.NaN))).length
  const coverage = low === undefined || high === undefined ? '' : ` ${covered(actual, low, high, intervalName)}`
  const series: DrawnSeries[] = [
    { name: 'Predicted', values: predicted, low, high },
    { name: 'Actual', values: actual, stroke: (theme) => ({ color: theme.muted, width: 1.25 }) },
  ]
  const scatter = times === undefined ? scatterPlot(predicted, actual, quantity, options.plotHeight) : undefined
  return defineFigure({
    title: 'Predicted against actual',
    options,
    about: `${quantity}: ${formatNumber(pairs)} forecasts and what came.${coverage}${scatter === undefined ? '' : ` ${scatter.note}`}`,
    summary: `${formatNumber(pairs)} forecasts.${coverage}`,
    empty: pairs === 0 ? 'no forecast has an actual value.' : undefined,
    legend: (theme) => scatter?.legend(theme) ?? lineLegend({ series }, theme, intervalName).map((item) => (item.kind === 'box' ? { ...item, label: intervalName } : item)),
    draw: (space) =>
      scatter?.draw(space) ??
      stackedPanels(space, {
        x: (length) => timeAxis({ length, range: valueRange([times ?? []]), timeZone }),
        rows: [lineRow({ x: times ?? [], series, height: options.plotHeight ?? 300, yAxis: { title: quantity } }, space.theme)],
      }),
  })
}

function covered(actual: Float64Array, low: Float64Array, high: Float64Array, name: string): string {
  const judged = [...actual.keys()].filter((i) => Number.isFinite((actual[i] ?? 0) + (low[i] ?? 0) + (high[i] ?? 0)))
  const held = judged.filter((i) => (actual[i] ?? 0) >= (low[i] ?? 0) && (actual[i] ?? 0) <= (high[i] ?? 0))
  return `The ${name} held the actual value in ${formatNumber((held.length / judged.length) * 100, { decimals: 1 })}% of ${formatNumber(judged.length)}.`
}

interface ScatterPlot {
  readonly note: string
  legend(theme: Theme): LegendItem[]
  draw(space: DrawSpace): Drawing
}

function scatterPlot(predicted: Float64Array, actual: Float64Array, quantity: string, plotHeight = 340): ScatterPlot {
  const sample = scatterSample(predicted, actual)
  const means = binnedMeans(predicted, actual, 15)
  const groups = means.x.length > 0
  return {
    note: [groups ? `Circles are means of ${means.x.length} groups of equally many forecasts, whiskers 1.96 standard errors.` : '', sample.note].filter(Boolean).join(' '),
    legend: (theme) => [
      { kind: 'symbol', label: 'Forecast', fill: theme.muted, symbol: (x, y) => circle(x, y, 2.5) },
      ...(groups ? [{ kind: 'symbol', label: 'Group mean', fill: theme.series[0] ?? theme.ink, symbol: circle, outline: theme.surface } as const] : []),
      { kind: 'line', label: 'Actual equals predicted', stroke: { color: theme.ink, width: 1, dash: [3, 3] } },
    ],
    draw: (space) => {
      const { theme } = space
      const [color = theme.ink] = theme.series
      return stackedPanels(space, {
        x: (length) => numberAxis({ title: `Predicted: ${quantity}`, length, direction: 'horizontal', range: sample.xRange, nice: false }),
        rows: [
          {
            height: plotHeight,
            y: (length) => numberAxis({ title: `Actual: ${quantity}`, length, direction: 'vertical', range: sample.yRange, nice: false }),
            marks: [
              dotCloudMark({ x: sample.x, y: sample.y, diameter: sample.x.length < 100 ? 6 : 4, color: theme.muted, opacity: 0.55 }),
              lineMark({ x: [...sample.xRange], y: [...sample.xRange], stroke: { color: theme.ink, width: 1, dash: [3, 3] } }),
              whiskerMark({ at: means.x, low: means.low, high: means.high, direction: 'vertical', stroke: { color, width: 1.5 }, cap: 3 }),
              symbolMark({ x: means.x, y: means.y, symbol: circle, radius: 4, color, outline: theme.surface }),
            ],
          },
        ],
      })
    },
  }
}
