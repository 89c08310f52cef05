import type { Micros } from '@rxlob/core/kernel'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import { lineLegend } from '../draw/line-legend.js'
import { lineRow } from '../draw/line-row.js'
import { tellable } from '../draw/tellable.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { inOrder } from '../in-order.js'
import { numbers } from '../numbers.js'
import { timeAxis } from '../scale/time-axis.js'

export interface CumulativeAccuracyValues {
  /** When each forecast was made, never falling. */
  readonly times: ArrayLike<Micros>
  /** The model first, then what it is compared with. */
  readonly forecasters: readonly ScoredForecaster[]
}

export interface ScoredForecaster {
  readonly name: string
  /** 1 where the forecast was right, 0 where it was wrong, NaN where there was none. */
  readonly correct: ArrayLike<number>
}

export interface CumulativeAccuracyOptions extends FigureOptions {
  /** IANA zone of the time axis. Default `UTC`. */
  readonly timeZone?: string
}

/**
 * Share of right forecasts so far, of a model and its baselines.
 *
 *   accuracy(t) = right forecasts up to t / forecasts up to t
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree, times fall, or there are more than 12 forecasters.
 */
export function cumulativeAccuracy({ times: when, forecasters }: CumulativeAccuracyValues, options: CumulativeAccuracyOptions): Figure {
  const times = inOrder('times', numbers('times', when), 'never fall')
  tellable('forecasters', forecasters.length)
  const scored = forecasters.map(({ name, correct }) => {
    const percent = runningPercent(numbers(`correct of ${name}`, correct, times.length))
    return { label: `${name} ${formatNumber(lastDefined(percent), { decimals: 1 })}%`, percent }
  })
  const { timeZone = 'UTC' } = options
  // The first few forecasts swing between 0 and 100 % and would leave the rest a flat line.
  const settled = Math.floor(times.length * 0.02)
  const range = valueRange(scored.map(({ percent }) => percent.subarray(settled)))
  const margin = Math.max(1, (range[1] - range[0]) * 0.1)
  const series = scored.map(({ label, percent }) => ({ name: label, values: percent.map((value, i) => (i < settled ? Number.NaN : value)) }))
  return defineFigure({
    title: 'Accuracy so far, against the baselines',
    options,
    about: `Share of right forecasts from the start of the period up to each moment, of ${formatNumber(times.length)} forecasts; the legend gives it at the end.${settled > 0 ? ' The first 2% count, but are not drawn.' : ''}`,
    summary: `At the end: ${scored.map(({ label }) => label).join(', ')}.`,
    empty: scored.every(({ percent }) => percent.every(Number.isNaN)) ? 'no forecast was scored.' : undefined,
    legend: (theme) => lineLegend({ series }, theme, ''),
    draw: (space) =>
      stackedPanels(space, {
        x: (length) => timeAxis({ length, range: valueRange([times]), timeZone }),
        rows: [
          lineRow(
            {
              x: times,
              series,
              height: options.plotHeight ?? 300,
              yAxis: { title: 'Cumulative accuracy (% of forecasts)', suffix: '%' },
              range: [Math.max(0, range[0] - margin), Math.min(100, range[1] + margin)],
            },
            space.theme,
          ),
        ],
      }),
  })
}

function runningPercent(correct: Float64Array): Float64Array {
  let [right, count] = [0, 0]
  return correct.map((flag) => {
    if (!Number.isNaN(flag)) {
      right += flag
      count += 1
    }
    return count === 0 ? Number.NaN : (right / count) * 100
  })
}

function lastDefined(values: Float64Array): number {
  return values.findLast((value) => !Number.isNaN(value)) ?? Number.NaN
}
