import { LobError } from '@rxlob/core/kernel'
import { viridis } from '../color/viridis.js'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { barMark } from '../marks/bar-mark.js'
import { gridImageMark } from '../marks/grid-image-mark.js'
import { lineMark } from '../marks/line-mark.js'
import { numbers } from '../numbers.js'
import { categoryAxis } from '../scale/category-axis.js'
import { numberAxis } from '../scale/number-axis.js'

export interface AttentionHeatmapValues {
  /** Of the rows of a window, oldest first. */
  readonly tokens: readonly string[]
  /** Row by row, the token that looks; in each, a weight for every token that it looks at. 0 to 1. */
  readonly weights: ArrayLike<number>
  /** What masking each token does to the output: the check that attention needs. */
  readonly masking?: ArrayLike<number>
}

export interface AttentionHeatmapOptions extends FigureOptions {
  /** What is shown, for example `attention rollout`. Default `attention`. */
  readonly measure?: string
  /** What `masking` moved, with its unit, for example `log odds of up`. Default `output`. */
  readonly output?: string
}

/**
 * Where each row of a window looks, and below it what masking each row does to the output, since attention by itself explains nothing.
 *
 * @throws {LobError} LOB_BAD_OPTION where the matrix is not square, a weight is outside [0, 1] or lengths disagree.
 */
export function attentionHeatmap({ tokens, weights, masking }: AttentionHeatmapValues, options: AttentionHeatmapOptions): Figure {
  const count = tokens.length
  const matrix = numbers('weights', weights, count * count)
  const effect = masking === undefined ? undefined : numbers('masking', masking, count)
  const outside = matrix.find((value) => value < -1e-6 || value > 1 + 1e-6)
  if (outside !== undefined) throw new LobError('LOB_BAD_OPTION', `weights: expected numbers from 0 to 1, got ${outside}.`)
  const { measure = 'attention', output = 'output' } = options
  const top = valueRange([[0], matrix])[1] || 1
  // The image goes column by column from the lowest row; the first token is on top.
  const places = Float64Array.from({ length: count * count }, (_, at) => (matrix[(count - 1 - (at % count)) * count + Math.floor(at / count)] ?? Number.NaN) / top)
  const edges = Array.from({ length: count }, (_, i) => i - 0.5)
  const newest = Array.from({ length: count }, (_, i) => matrix[(count - 1) * count + i] ?? 0)
  const most = newest.indexOf(Math.max(...newest))
  return defineFigure({
    title: `Where the model looks: ${measure}`,
    options,
    about: effect === undefined ? 'Attention alone does not explain an output; no masking check was given.' : `Bars: ${output} less what it is with the row masked.`,
    summary: `${count} rows; the newest looks most at ${tokens[most] ?? 'none'}, ${formatNumber(newest[most] ?? Number.NaN, { digits: 3 })}.`,
    empty: count === 0 || matrix.every(Number.isNaN) ? 'there are no weights.' : undefined,
    widest: 720,
    legend: (theme) => [
      { kind: 'colors', label: `Weight of ${measure}`, map: viridis, ticks: [0, 0.5, 1].map((place) => ({ place, label: formatNumber(place * top, { digits: 2 }) })) },
      ...(matrix.some(Number.isNaN) ? [{ kind: 'box', label: 'Undefined', fill: theme.missing } as const] : []),
    ],
    draw: (space) =>
      stackedPanels(space, {
        x: (length) => categoryAxis({ title: 'Row that is looked at', names: tokens, length, direction: 'horizontal', labelWidth: space.width * 0.2 }),
        rows: [
          {
            height: (width) => options.plotHeight ?? Math.min(width, 460),
            y: (length) => categoryAxis({ title: 'Row that looks', names: [...tokens].reverse(), length, direction: 'vertical', labelWidth: space.width * 0.2 }),
            marks: [gridImageMark({ columnStarts: edges, columnEnds: edges.map((edge) => edge + 1), rowEdges: [...edges, count - 0.5], places, map: viridis, missing: space.theme.missing })],
          },
          ...(effect === undefined
            ? []
            : [
                {
                  height: 110,
                  y: (length: number) => numberAxis({ title: `Masked: change of ${output}`, length, direction: 'vertical', range: valueRange([[0], effect]) }),
                  marks: [
                    barMark({ from: edges.map((edge) => edge + 0.1), to: edges.map((edge) => edge + 0.9), value: effect, color: space.theme.series[0] ?? space.theme.ink }),
                    lineMark({ x: [-0.5, count - 0.5], y: [0, 0], stroke: { color: space.theme.axis, width: 1 } }),
                  ],
                },
              ]),
        ],
      }),
  })
}
