import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { levelBarMark } from '../marks/level-bar-mark.js'
import { textMark } from '../marks/text-mark.js'
import { labelSize } from '../scale/axis.js'
import { categoryAxis } from '../scale/category-axis.js'
import { numberAxis } from '../scale/number-axis.js'
import { textWidth } from '../text/text-width.js'
import { type AttributionValues, rankedAttributions } from './attribution-values.js'

export interface AttributionBarsOptions extends FigureOptions {
  /** What was explained, with its unit, for example `log odds of up`. */
  readonly output: string
  /** Which attribution, for example `path-dependent SHAP`. Default `SHAP`. */
  readonly measure?: string
  /** Features drawn at most, the largest. Default 20. */
  readonly most?: number
}

/**
 * Mean absolute attribution of each feature, the largest first: how much each moves the output, whichever way.
 *
 * @throws {LobError} LOB_BAD_OPTION where rows are not whole.
 */
export function attributionBars(attributions: AttributionValues, options: AttributionBarsOptions): Figure {
  const { output, measure = 'SHAP', most = 20 } = options
  const { features } = attributions
  const { rows, size, shown, note } = rankedAttributions(attributions, most)
  const names = shown.map((feature) => features[feature] ?? '')
  const sizes = shown.map((feature) => size[feature] ?? Number.NaN)
  const texts = sizes.map((value) => formatNumber(value, { digits: 3 }))
  const title = `Mean absolute ${measure} value (${output})`
  return defineFigure({
    title: 'What moves the output',
    options,
    about: [`Mean over ${formatNumber(rows)} rows.`, note].filter(Boolean).join(' '),
    summary: names.map((name, i) => `${name} ${texts[i]}`).join('; ').concat('.'),
    empty: rows === 0 || sizes.every(Number.isNaN) ? 'no row was explained.' : undefined,
    legend: () => [],
    draw: (space) =>
      stackedPanels(space, {
        right: Math.max(0, ...texts.map((text) => textWidth(text, labelSize))) + 20,
        x: (length) => numberAxis({ title, length, direction: 'horizontal', range: [0, valueRange([[0], sizes])[1]], nice: false }),
        rows: [
          {
            height: options.plotHeight ?? Math.max(80, names.length * 24),
            y: (length) => categoryAxis({ title: '', names: [...names].reverse(), length, direction: 'vertical', labelWidth: space.width * 0.35 }),
            marks: [
              levelBarMark({ at: names.map((_, i) => names.length - 1 - i), from: sizes.map(() => 0), to: sizes, thickness: 0.7, color: space.theme.series[0] ?? space.theme.ink }),
              textMark(({ x, y }) => texts.map((text, i) => ({ kind: 'text', text, x: x(sizes[i] ?? 0) + 6, y: y(names.length - 1 - i), color: space.theme.ink, size: labelSize }))),
            ],
          },
        ],
      }),
  })
}
