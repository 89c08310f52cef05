import { LobError } from '@rxlob/core/kernel'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { levelBarMark } from '../marks/level-bar-mark.js'
import { referenceMark } from '../marks/reference-mark.js'
import { textMark } from '../marks/text-mark.js'
import { numbers } from '../numbers.js'
import { labelSize } from '../scale/axis.js'
import { categoryAxis } from '../scale/category-axis.js'
import { numberAxis } from '../scale/number-axis.js'
import { textWidth } from '../text/text-width.js'

export interface AttributionWaterfallValues {
  readonly features: readonly string[]
  /** Of one row, one a feature. */
  readonly values: ArrayLike<number>
  /** What the features were in that row; written beside their names. */
  readonly inputs?: ArrayLike<number>
  /** Output before any feature is known. */
  readonly base: number
}

export interface AttributionWaterfallOptions extends FigureOptions {
  /** What was explained, with its unit, for example `log odds of up`. */
  readonly output: string
  /** Features drawn by themselves at most; the others are summed into one bar. Default 12. */
  readonly most?: number
}

/**
 * One prediction from its base to its output, a step a feature, the largest step last before the output.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree or a number is not finite.
 */
export function attributionWaterfall({ features, values, inputs, base }: AttributionWaterfallValues, options: AttributionWaterfallOptions): Figure {
  const { output, most = 12 } = options
  const kept = numbers('values', values, features.length)
  const given = inputs === undefined ? undefined : numbers('inputs', inputs, features.length)
  const broken = [base, ...kept].find((value) => !Number.isFinite(value))
  if (broken !== undefined) throw new LobError('LOB_BAD_OPTION', `values: expected finite numbers, got ${broken}.`)
  const order = [...features.keys()].sort((a, b) => Math.abs(kept[b] ?? 0) - Math.abs(kept[a] ?? 0) || a - b)
  const own = order.slice(0, order.length > most ? most - 1 : most)
  const others = order.slice(own.length)
  const steps = own.map((feature) => ({
    name: given === undefined ? (features[feature] ?? '') : `${features[feature]} = ${formatNumber(given[feature] ?? Number.NaN, { digits: 3 })}`,
    value: kept[feature] ?? 0,
  }))
  if (others.length > 0) steps.push({ name: `${others.length} other features`, value: others.reduce((sum, feature) => sum + (kept[feature] ?? 0), 0) })
  // From the base up: the smallest steps first, at the bottom.
  const rising = [...steps].reverse()
  const ends = [base]
  for (const { value } of rising) ends.push((ends.at(-1) ?? base) + value)
  const total = ends.at(-1) ?? base
  const texts = rising.map(({ value }) => (value > 0 ? '+' : '') + formatNumber(value, { digits: 3 }))
  const range = valueRange([ends])
  const margin = (range[1] - range[0] || 1) * 0.03
  const written = Math.max(0, ...texts.map((text) => textWidth(text, labelSize)))
  return defineFigure({
    title: 'One prediction, feature by feature',
    options,
    about: `From the base ${formatNumber(base, { digits: 4 })} at the bottom to the output ${formatNumber(total, { digits: 4 })} at the top.`,
    summary: `Base ${formatNumber(base, { digits: 4 })}; ${steps.map(({ name, value }) => `${name}: ${formatNumber(value, { digits: 3 })}`).join('; ')}; output ${formatNumber(total, { digits: 4 })}.`,
    empty: features.length === 0 ? 'no feature was explained.' : undefined,
    legend: (theme) => [
      { kind: 'box', label: 'Raises the output', fill: theme.series[1] ?? theme.ink },
      { kind: 'box', label: 'Lowers it', fill: theme.series[0] ?? theme.ink },
    ],
    draw: (space) =>
      stackedPanels(space, {
        right: written + 20,
        x: (length) => numberAxis({ title: output, length, direction: 'horizontal', range: [range[0] - margin, range[1] + margin], nice: false }),
        rows: [
          {
            height: options.plotHeight ?? Math.max(80, rising.length * 28),
            y: (length) => categoryAxis({ title: '', names: rising.map(({ name }) => name), length, direction: 'vertical', labelWidth: space.width * 0.4 }),
            marks: [
              referenceMark({ value: base, direction: 'vertical', color: space.theme.muted }),
              referenceMark({ value: total, direction: 'vertical', color: space.theme.ink }),
              ...[1, 0].map((rank) => {
                const members = [...rising.keys()].filter((i) => (rising[i]?.value ?? 0) > 0 === (rank === 1))
                return levelBarMark({ at: members, from: members.map((i) => ends[i] ?? 0), to: members.map((i) => ends[i + 1] ?? 0), thickness: 0.7, color: space.theme.series[rank] ?? space.theme.ink })
              }),
              textMark(({ rect, y }) => texts.map((text, i) => ({ kind: 'text', text, x: rect.left + rect.width + 12, y: y(i), color: space.theme.ink, size: labelSize }))),
            ],
          },
        ],
      }),
  })
}
