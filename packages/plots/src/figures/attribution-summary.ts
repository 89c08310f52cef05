import { LobError } from '@rxlob/core/kernel'
import { blueRed } from '../color/blue-red.js'
import { hexColor } from '../color/hex-color.js'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { dotCloudMark } from '../marks/dot-cloud-mark.js'
import { referenceMark } from '../marks/reference-mark.js'
import { numbers } from '../numbers.js'
import { categoryAxis } from '../scale/category-axis.js'
import { numberAxis } from '../scale/number-axis.js'
import { type AttributionValues, rankedAttributions } from './attribution-values.js'

export interface AttributionSummaryValues extends AttributionValues {
  /** What the features were, row by row, as `values`; NaN where missing. */
  readonly inputs: ArrayLike<number>
}

export interface AttributionSummaryOptions extends FigureOptions {
  /** What was explained, with its unit, for example `log odds of up`. */
  readonly output: string
  /** Which attribution, for example `path-dependent SHAP`. Default `SHAP`. */
  readonly measure?: string
  /** Features drawn at most, the largest by mean absolute value. Default 15. */
  readonly most?: number
}

/** Rows drawn at most: 15 features of them are a quarter of a megabyte. */
const mostRows = 600
const shades = 9
/** Places along the axis that dots are gathered into before they are stacked. */
const places = 160

/**
 * One dot a row and feature: how far the feature moved the output there, coloured by what the feature was. The stack is as high as there are dots.
 *
 * @throws {LobError} LOB_BAD_OPTION where rows are not whole or `inputs` are not as many as `values`.
 */
export function attributionSummary(attributions: AttributionSummaryValues, options: AttributionSummaryOptions): Figure {
  const { output, measure = 'SHAP', most = 15 } = options
  const { features } = attributions
  const count = features.length
  const { rows, values, size, shown, note } = rankedAttributions(attributions, most)
  const inputs = numbers('inputs', attributions.inputs)
  if (inputs.length !== values.length) throw new LobError('LOB_BAD_OPTION', `inputs: expected ${values.length} numbers, got ${inputs.length}.`)
  const every = Math.max(1, Math.ceil(rows / mostRows))
  const drawn = Array.from({ length: Math.ceil(rows / every) }, (_, i) => i * every)
  const numberAt = (list: Float64Array, row: number, feature: number): number => list[row * count + feature] ?? Number.NaN
  const range = valueRange([[0], ...shown.map((feature) => drawn.map((row) => numberAt(values, row, feature)))])
  const swarms = shown.map((feature, rank) => {
    const shade = shadesOf(drawn.map((row) => numberAt(inputs, row, feature)))
    const height = stacked(drawn.map((row) => numberAt(values, row, feature)), range)
    return { centre: shown.length - 1 - rank, shade, height, x: drawn.map((row) => numberAt(values, row, feature)) }
  })
  const missing = swarms.some(({ shade }) => shade.includes(-1))
  return defineFigure({
    title: 'What moves the output, row by row',
    options,
    about: [`One dot a row and feature; colour is the feature's rank among the rows.`, every > 1 ? `Every row in ${every} is drawn, ${formatNumber(drawn.length)} of ${formatNumber(rows)}.` : `${formatNumber(rows)} rows.`, note].filter(Boolean).join(' '),
    summary: shown.map((feature) => `${features[feature]} mean absolute ${formatNumber(size[feature] ?? Number.NaN, { digits: 3 })}`).join('; ').concat('.'),
    empty: rows === 0 || values.every(Number.isNaN) ? 'no row was explained.' : undefined,
    legend: (theme) => [
      { kind: 'colors', label: 'Feature value, by rank', map: blueRed, ticks: [{ place: 0, label: 'low' }, { place: 1, label: 'high' }] },
      ...(missing ? [{ kind: 'box', label: 'Missing', fill: theme.muted } as const] : []),
    ],
    draw: (space) =>
      stackedPanels(space, {
        x: (length) => numberAxis({ title: `${measure} value (${output})`, length, direction: 'horizontal', range }),
        rows: [
          {
            height: options.plotHeight ?? Math.max(80, shown.length * 34),
            y: (length) => categoryAxis({ title: '', names: shown.map((feature) => features[feature] ?? '').reverse(), length, direction: 'vertical', labelWidth: space.width * 0.35 }),
            marks: [
              referenceMark({ value: 0, direction: 'vertical', color: space.theme.ink }),
              ...[-1, ...Array.from({ length: shades }, (_, at) => at)].map((shade) => {
                const dots = swarms.flatMap(({ centre, shade: own, height, x }) => own.flatMap((of, i) => (of === shade ? [{ x: x[i] ?? Number.NaN, y: centre + (height[i] ?? 0) }] : [])))
                const color = shade < 0 ? space.theme.muted : hexColor(blueRed(shade / (shades - 1)))
                return dotCloudMark({ x: dots.map((dot) => dot.x), y: dots.map((dot) => dot.y), diameter: 4, color, opacity: 1 })
              }),
            ],
          },
        ],
      }),
  })
}

/** Rank of each number among all, as a shade; ties share their middle, NaN is -1. */
function shadesOf(list: readonly number[]): number[] {
  const sorted = Float64Array.from(list.filter((value) => !Number.isNaN(value))).sort()
  return list.map((value) => {
    if (Number.isNaN(value)) return -1
    const middle = (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2
    return Math.round((middle / Math.max(1, sorted.length - 1)) * (shades - 1))
  })
}

/** Heights that keep dots of about the same value apart, in turn above and below the line, within 0.42 of it. */
function stacked(list: readonly number[], [low, high]: readonly [number, number]): number[] {
  const placeOf = (value: number): number => Math.round(((value - low) / (high - low || 1)) * places)
  const filled = new Map<number, number>()
  const level = list.map((value) => {
    const place = placeOf(value)
    const before = filled.get(place) ?? 0
    filled.set(place, before + 1)
    return Math.ceil(before / 2) * (before % 2 === 0 ? 1 : -1)
  })
  const step = Math.min(0.1, 0.42 / Math.max(1, ...level.map(Math.abs)))
  return level.map((at) => at * step)
}
