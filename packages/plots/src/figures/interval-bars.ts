import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import type { LegendItem } from '../draw/legend.js'
import type { Reference } from '../draw/line-row.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { referenceMark } from '../marks/reference-mark.js'
import { symbolMark } from '../marks/symbol-mark.js'
import { circle, diamond } from '../marks/symbols.js'
import { textMark } from '../marks/text-mark.js'
import { whiskerMark } from '../marks/whisker-mark.js'
import { numbers } from '../numbers.js'
import { labelSize } from '../scale/axis.js'
import { categoryAxis } from '../scale/category-axis.js'
import { numberAxis } from '../scale/number-axis.js'
import { textWidth } from '../text/text-width.js'

export interface IntervalBarsValues {
  /** From top to bottom. */
  readonly names: readonly string[]
  readonly values: ArrayLike<number>
  /** Ends of each interval; NaN where there is none. */
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
}

export interface IntervalBarsOptions extends FigureOptions {
  /** Quantity and unit. */
  readonly xTitle: string
  /** Names drawn in the colour of the model; the others are what it is compared with. Default none. */
  readonly emphasized?: readonly string[]
  /** What `low` and `high` are. Default `95% interval`. */
  readonly intervalName?: string
  /** A value to draw a line at, for example the largest class share. */
  readonly reference?: Reference
  /** Digits after the point of the written values. Default 3. */
  readonly decimals?: number
}

/**
 * Values with their intervals one below the other, such as the accuracy of each forecaster.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree.
 */
export function intervalBars({ names, values, low, high }: IntervalBarsValues, options: IntervalBarsOptions): Figure {
  const count = names.length
  const [middle, from, to] = [numbers('values', values, count), numbers('low', low, count), numbers('high', high, count)]
  const { xTitle, emphasized = [], intervalName = '95% interval', reference, decimals = 3 } = options
  const texts = Array.from(middle, (value, i) => {
    const interval = Number.isNaN((from[i] ?? 0) + (to[i] ?? 0)) ? '' : ` [${formatNumber(from[i] ?? 0, { decimals })}, ${formatNumber(to[i] ?? 0, { decimals })}]`
    return formatNumber(value, { decimals }) + interval
  })
  const range = valueRange([middle, from, to, reference === undefined ? [] : [reference.value]])
  const margin = (range[1] - range[0]) * 0.04
  const groups = [true, false].map((strong) => [...names.keys()].filter((i) => emphasized.includes(names[i] ?? '') === strong))
  return defineFigure({
    title: xTitle,
    options,
    about: `Whiskers and brackets are the ${intervalName}.`,
    summary: names.map((name, i) => `${name} ${texts[i]}`).join('; ').concat('.'),
    empty: middle.every(Number.isNaN) ? 'no value is defined.' : undefined,
    legend: (theme): LegendItem[] => [
      ...(emphasized.length > 0 && (groups[1]?.length ?? 0) > 0
        ? ([
            { kind: 'symbol', label: 'Model', fill: theme.series[1] ?? theme.ink, symbol: diamond },
            { kind: 'symbol', label: 'Baseline', fill: theme.series[0] ?? theme.ink, symbol: circle },
          ] as const)
        : []),
      ...(reference === undefined ? [] : [{ kind: 'line', label: reference.label, stroke: { color: theme.ink, width: 1, dash: [3, 3] } } as const]),
    ],
    draw: (space) => {
      const { theme } = space
      const written = Math.max(...texts.map((text) => textWidth(text, labelSize))) + 24
      return stackedPanels(space, {
        right: written,
        x: (length) => numberAxis({ title: xTitle, length, direction: 'horizontal', range: [range[0] - margin, range[1] + margin], nice: false }),
        rows: [
          {
            height: options.plotHeight ?? Math.max(80, count * 30),
            y: (length) => categoryAxis({ title: '', names: [...names].reverse(), length, direction: 'vertical', labelWidth: space.width * 0.3 }),
            marks: [
              ...(reference === undefined ? [] : [referenceMark({ value: reference.value, direction: 'vertical', color: theme.ink })]),
              ...groups.flatMap((members, rank) => {
                const color = theme.series[1 - rank] ?? theme.ink
                const pick = (column: Float64Array): number[] => members.map((i) => column[i] ?? Number.NaN)
                const at = members.map((i) => count - 1 - i)
                return [
                  whiskerMark({ at, low: pick(from), high: pick(to), direction: 'horizontal', stroke: { color, width: 2 }, cap: 4 }),
                  symbolMark({ x: pick(middle), y: at, symbol: rank === 0 ? diamond : circle, radius: 5, color, outline: theme.surface }),
                ]
              }),
              textMark(({ rect, y }) => texts.map((text, i) => ({ kind: 'text', text, x: rect.left + rect.width + 16, y: y(count - 1 - i), color: theme.ink, size: labelSize }))),
            ],
          },
        ],
      })
    },
  })
}
