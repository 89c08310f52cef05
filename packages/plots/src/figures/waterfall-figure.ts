import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import { seriesStyle } from '../draw/series-style.js'
import { valueRange } from '../draw/value-range.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { barMark } from '../marks/bar-mark.js'
import { lineMark } from '../marks/line-mark.js'
import { textMark } from '../marks/text-mark.js'
import { numbers } from '../numbers.js'
import { categoryAxis } from '../scale/category-axis.js'
import { numberAxis } from '../scale/number-axis.js'

export interface WaterfallValues {
  /** What is begun with, what is added, and what comes out. */
  readonly start: { readonly name: string; readonly value: number }
  /** Signed: what each step adds. */
  readonly steps: readonly { readonly name: string; readonly value: number }[]
  /** Name of the sum. */
  readonly end: string
}

export interface WaterfallOptions extends FigureOptions {
  /** Quantity and unit. */
  readonly yTitle: string
  readonly xTitle: string
  /** Digits after the point of the written values. Default 2. */
  readonly decimals?: number
}

/** From a first number to a last: every step begins where the one before it ended. */
export function waterfallFigure({ start, steps, end }: WaterfallValues, options: WaterfallOptions): Figure {
  const changes = numbers('steps', steps.map(({ value }) => value))
  const names = [start.name, ...steps.map(({ name }) => name), end]
  const base = [0]
  const value = [start.value]
  for (const change of changes) {
    base.push(value.at(-1)!)
    value.push(value.at(-1)! + change)
  }
  base.push(0)
  value.push(value.at(-1)!)
  const { yTitle, xTitle, decimals = 2 } = options
  const shown = [start.value, ...changes, value.at(-1)!]
  const signed = (amount: number, at: number): string => `${amount > 0 && at > 0 && at <= steps.length ? '+' : ''}${formatNumber(amount, { decimals })}`
  const range = valueRange([[0], value, base])
  const padded: [number, number] = [range[0] - 0.06 * (range[1] - range[0]), range[1] + 0.08 * (range[1] - range[0])]
  return defineFigure({
    title: yTitle,
    options,
    about: '',
    summary: `${names.map((name, at) => `${name} ${signed(shown[at]!, at)}`).join(', ')}.`,
    empty: value.some(Number.isNaN) ? 'a value is not defined.' : undefined,
    widest: 860,
    legend: () => [],
    draw: (space) => {
      const ends = [seriesStyle(0, space.theme).color, seriesStyle(2, space.theme).color, seriesStyle(1, space.theme).color]
      // Totals in one colour, gains in another, losses in a third; what is what is written on them too.
      const kindOf = (at: number): number => (at === 0 || at === names.length - 1 ? 0 : shown[at]! >= 0 ? 1 : 2)
      return stackedPanels(space, {
        x: (length) => categoryAxis({ title: xTitle, names, length, direction: 'horizontal', labelWidth: space.width * 0.2 }),
        rows: [
          {
            height: options.plotHeight ?? 300,
            y: (length) => numberAxis({ title: yTitle, length, direction: 'vertical', range: padded }),
            marks: [
              ...ends.map((color, kind) => {
                const own = names.map((_, at) => at).filter((at) => kindOf(at) === kind)
                return barMark({ from: own.map((at) => at - 0.34), to: own.map((at) => at + 0.34), base: own.map((at) => base[at]!), value: own.map((at) => value[at]!), color })
              }),
              ...value.slice(0, -1).map((level, at) => lineMark({ x: [at - 0.34, at + 1.34], y: [level, level], stroke: { color: space.theme.axis, width: 1 } })),
              lineMark({ x: [-0.5, names.length - 0.5], y: [0, 0], stroke: { color: space.theme.axis, width: 1 } }),
              textMark(({ x, y }) => names.map((_, at) => {
                const highest = Math.max(base[at]!, value[at]!)
                return { kind: 'text', text: signed(shown[at]!, at), x: x(at), y: y(highest) - 9, color: space.theme.ink, size: 12, align: 'center' } as const
              })),
            ],
          },
        ],
      })
    },
  })
}
