import { binnedMeans } from '../binned-means.js'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import type { LegendItem } from '../draw/legend.js'
import { scatterSample } from '../draw/scatter-sample.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { fitLine } from '../fit-line.js'
import { formatNumber } from '../format-number.js'
import { dotCloudMark } from '../marks/dot-cloud-mark.js'
import { lineMark } from '../marks/line-mark.js'
import { symbolMark } from '../marks/symbol-mark.js'
import { circle } from '../marks/symbols.js'
import { whiskerMark } from '../marks/whisker-mark.js'
import { numbers } from '../numbers.js'
import { numberAxis } from '../scale/number-axis.js'

export interface FlowVersusMoveValues {
  /** Order flow of each window. Pairs with NaN are left out. */
  readonly flow: ArrayLike<number>
  /** Change of the mid price over the same, or the next, window. */
  readonly move: ArrayLike<number>
}

export interface FlowVersusMoveOptions extends FigureOptions {
  /** Default `Order flow imbalance`. */
  readonly flowName?: string
  /** For example `shares`. */
  readonly flowUnit: string
  /** Default `Change of the mid`. */
  readonly moveName?: string
  /** For example `ticks`. */
  readonly moveUnit: string
  /** For example `10 s`. */
  readonly window: string
}

/**
 * Order flow against price change, one point a window, with the least-squares line, its R2 and its slope.
 *
 *   move = intercept + slope * flow
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree.
 * @see Cont, Kukanov and Stoikov (2014), The price impact of order book events, Journal of Financial Econometrics 12(1)
 */
export function flowVersusMove(values: FlowVersusMoveValues, options: FlowVersusMoveOptions): Figure {
  const flow = numbers('flow', values.flow)
  const move = numbers('move', values.move, flow.length)
  const { flowName = 'Order flow imbalance', flowUnit, moveName = 'Change of the mid', moveUnit, window } = options
  const fit = fitLine(flow, move)
  const means = binnedMeans(flow, move, 20)
  const sample = scatterSample(flow, move)
  const fitted = `Fit: ${formatNumber(fit.slope)} ${moveUnit} per ${flowUnit.replace(/s$/, '')}, R² ${formatNumber(fit.r2, { decimals: 3 })}, n ${formatNumber(fit.count)}`
  return defineFigure({
    title: `${flowName} against ${moveName.charAt(0).toLowerCase()}${moveName.slice(1)}, ${window} windows`,
    options,
    about: [
      `One point a window of ${window}.`,
      Number.isNaN(fit.slope)
        ? 'No line: the flow does not vary.'
        : `Least-squares line over all ${formatNumber(fit.count)} windows: slope ${formatNumber(fit.slope)}, intercept ${formatNumber(fit.intercept)}, R² ${formatNumber(fit.r2, { decimals: 3 })}.`,
      means.x.length > 0 ? `Circles are means of ${means.x.length} groups of equally many windows, whiskers 1.96 standard errors.` : '',
      sample.note,
    ].filter(Boolean).join(' '),
    summary: Number.isNaN(fit.slope) ? `No line through ${formatNumber(fit.count)} points.` : `${fitted}.`,
    empty: fit.count === 0 ? 'no window has both a flow and a move.' : undefined,
    legend: (theme): LegendItem[] => [
      { kind: 'symbol', label: 'Window', fill: theme.muted, symbol: (x, y) => circle(x, y, 2.5) },
      ...(means.x.length > 0 ? [{ kind: 'symbol', label: 'Group mean', fill: theme.series[0] ?? theme.ink, symbol: circle, outline: theme.surface } as const] : []),
      ...(Number.isNaN(fit.slope) ? [] : [{ kind: 'line', label: fitted, stroke: { color: theme.series[1] ?? theme.ink, width: 2 } } as const]),
    ],
    draw: (space) => {
      const { theme } = space
      const [meanColor = theme.ink, lineColor = theme.ink] = theme.series
      const line = (x: number): number => fit.intercept + fit.slope * x
      return stackedPanels(space, {
        x: (length) => numberAxis({ title: `${flowName} (${flowUnit} in ${window})`, length, direction: 'horizontal', range: sample.xRange, nice: false }),
        rows: [
          {
            height: options.plotHeight ?? 340,
            y: (length) => numberAxis({ title: `${moveName} (${moveUnit} in ${window})`, length, direction: 'vertical', range: sample.yRange, nice: false }),
            marks: [
              dotCloudMark({ x: sample.x, y: sample.y, diameter: sample.x.length < 100 ? 6 : 4, color: theme.muted, opacity: 0.55 }),
              lineMark({ x: [...sample.xRange], y: sample.xRange.map(line), stroke: { color: lineColor, width: 2 } }),
              whiskerMark({ at: means.x, low: means.low, high: means.high, direction: 'vertical', stroke: { color: meanColor, width: 1.5 }, cap: 3 }),
              symbolMark({ x: means.x, y: means.y, symbol: circle, radius: 4, color: meanColor, outline: theme.surface }),
            ],
          },
        ],
      })
    },
  })
}
