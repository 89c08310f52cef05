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
import { symbolMark } from '../marks/symbol-mark.js'
import { whiskerMark } from '../marks/whisker-mark.js'
import { numbers } from '../numbers.js'
import { numberAxis } from '../scale/number-axis.js'

export interface ReliabilityCurve {
  readonly name: string
  /** Mean predicted probability of each bin, 0 to 1; NaN in an empty bin. Bins are of equal width from 0 to 1. */
  readonly predicted: ArrayLike<number>
  /** How often it came true, 0 to 1; NaN in an empty bin. */
  readonly observed: ArrayLike<number>
  /** Forecasts in each bin. */
  readonly counts: ArrayLike<number>
  /** Interval of `observed`. */
  readonly low?: ArrayLike<number>
  readonly high?: ArrayLike<number>
}

export interface ReliabilityDiagramOptions extends FigureOptions {
  /** What `low` and `high` are. Default `95% interval`. */
  readonly intervalName?: string
}

/**
 * Predicted probability against how often it came true, and how many forecasts stand behind each point.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree or there are more than 12 curves.
 */
export function reliabilityDiagram(curves: readonly ReliabilityCurve[], options: ReliabilityDiagramOptions): Figure {
  tellable('curves', curves.length)
  const kept = curves.map(({ name, predicted, observed, counts, low, high }) => {
    const length = predicted.length
    return {
      name,
      predicted: numbers(`predicted of ${name}`, predicted),
      observed: numbers(`observed of ${name}`, observed, length),
      counts: numbers(`counts of ${name}`, counts, length),
      low: low === undefined ? undefined : numbers(`low of ${name}`, low, length),
      high: high === undefined ? undefined : numbers(`high of ${name}`, high, length),
    }
  })
  const { intervalName = '95% interval' } = options
  const total = kept.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0))
  const whiskers = kept.some(({ low, high }) => low !== undefined && high !== undefined)
  const bins = Math.max(0, ...kept.map(({ counts }) => counts.length))
  return defineFigure({
    title: 'Reliability of the predicted probabilities',
    options,
    about: `On the dashed diagonal a probability comes true as often as it says${whiskers ? `; whiskers are the ${intervalName}` : ''}. Below: forecasts in each of ${bins} bins.`,
    summary: kept.map(({ name }, i) => `${name}: ${formatNumber(total[i] ?? 0)} forecasts`).join('; ').concat('.'),
    empty: total.every((count) => count === 0) ? 'no forecast was scored.' : undefined,
    widest: 640,
    legend: (theme): LegendItem[] => [
      ...kept.map(({ name }, rank): LegendItem => {
        const { color, symbol } = seriesStyle(rank, theme)
        return { kind: 'symbol', label: name, fill: color, symbol }
      }),
      { kind: 'line', label: 'Perfectly reliable', stroke: { color: theme.ink, width: 1, dash: [3, 3] } },
    ],
    draw: (space) => {
      const { theme } = space
      const styles = kept.map((_, rank) => seriesStyle(rank, theme))
      const color = (rank: number): string => styles[rank]?.color ?? theme.ink
      return stackedPanels(space, {
        x: (length) => numberAxis({ title: 'Mean predicted probability', length, direction: 'horizontal', range: [0, 1] }),
        rows: [
          {
            height: (width) => options.plotHeight ?? width * 0.75,
            y: (length) => numberAxis({ title: 'Observed frequency', length, direction: 'vertical', range: [0, 1] }),
            marks: [
              lineMark({ x: [0, 1], y: [0, 1], stroke: { color: theme.ink, width: 1, dash: [3, 3] } }),
              ...kept.flatMap(({ predicted, observed, low, high }, rank) => [
                ...(low === undefined || high === undefined ? [] : [whiskerMark({ at: predicted, low, high, direction: 'vertical', stroke: { color: color(rank), width: 1.25 }, cap: 3 })]),
                lineMark({ x: predicted, y: observed, stroke: { color: color(rank), width: 1.5 } }),
                symbolMark({ x: predicted, y: observed, symbol: styles[rank]?.symbol ?? (() => ''), radius: 4, color: color(rank), outline: theme.surface }),
              ]),
            ],
          },
          {
            height: 90,
            y: (length) => numberAxis({ title: 'Forecasts in the bin (count)', length, direction: 'vertical', range: [0, valueRange(kept.map(({ counts }) => counts))[1] * 1.05], nice: false }),
            marks: kept.map(({ counts }, rank) => {
              const share = 0.8 / kept.length
              const from = Array.from(counts, (_, bin) => (bin + 0.1 + rank * share) / counts.length)
              return barMark({ from, to: from.map((left) => left + share / counts.length), value: counts, color: color(rank) })
            }),
          },
        ],
      })
    },
  })
}
