import { LobError } from '@rxlob/core/kernel'
import { inkOn } from '../color/ink-on.js'
import { viridis } from '../color/viridis.js'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { cellMark } from '../marks/cell-mark.js'
import { textMark } from '../marks/text-mark.js'
import { numbers } from '../numbers.js'
import { categoryAxis } from '../scale/category-axis.js'

export interface ConfusionMatrixValues {
  readonly classes: readonly string[]
  /** Actual class by row, predicted class by column, row by row. */
  readonly counts: ArrayLike<number>
}

/**
 * How often each class was predicted as each: the count, and its share of the actual class.
 *
 * @throws {LobError} LOB_BAD_OPTION where the matrix is not square or a count is not an integer of 0 or more.
 */
export function confusionMatrix({ classes, counts }: ConfusionMatrixValues, options: FigureOptions): Figure {
  const size = classes.length
  const matrix = numbers('counts', counts, size * size)
  const bad = matrix.find((count) => !Number.isInteger(count) || count < 0)
  if (bad !== undefined) throw new LobError('LOB_BAD_OPTION', `counts: expected integers of 0 or more, got ${bad}.`)
  const rowTotals = classes.map((_, row) => matrix.subarray(row * size, (row + 1) * size).reduce((sum, count) => sum + count, 0))
  const total = rowTotals.reduce((sum, count) => sum + count, 0)
  const right = classes.reduce((sum, _, i) => sum + (matrix[i * size + i] ?? 0), 0)
  const shares = matrix.map((count, i) => count / (rowTotals[Math.floor(i / size)] ?? 0))
  const score = `${formatNumber(right)} of ${formatNumber(total)} forecasts right (accuracy ${formatNumber((right / total) * 100, { decimals: 1 })}%)`
  return defineFigure({
    title: 'Confusion matrix',
    options,
    about: `Forecasts by actual and predicted class; colour and percentage are the share of the actual class. ${score}; largest actual class ${formatNumber((Math.max(0, ...rowTotals) / total) * 100, { decimals: 1 })}%.`,
    summary: `${score}.`,
    empty: total === 0 ? 'no forecast was scored.' : undefined,
    widest: Math.min(860, 250 + 120 * size),
    legend: () => [
      { kind: 'colors', label: 'Share of the actual class', map: viridis, ticks: [0, 0.25, 0.5, 0.75, 1].map((place) => ({ place, label: `${place * 100}%` })) },
    ],
    draw: (space) =>
      stackedPanels(space, {
        x: (length) => categoryAxis({ title: 'Predicted class', names: classes, length, direction: 'horizontal', labelWidth: space.width * 0.25 }),
        rows: [
          {
            height: (width) => options.plotHeight ?? Math.max(80, Math.min(width, 82 * size)),
            y: (length) => categoryAxis({ title: 'Actual class', names: [...classes].reverse(), length, direction: 'vertical', labelWidth: space.width * 0.3 }),
            marks: [
              cellMark({ rows: size, columns: size, places: shares, map: viridis, missing: space.theme.missing }),
              textMark(({ rect, x, y }) => {
                const small = rect.width / size < 60 || rect.height / size < 40
                return Array.from(matrix).flatMap((count, i) => {
                  const share = shares[i] ?? Number.NaN
                  const color = Number.isNaN(share) ? space.theme.ink : inkOn(viridis(share))
                  const [across, middle] = [x(i % size), y(size - 1 - Math.floor(i / size))]
                  const percent = Number.isNaN(share) ? '–' : `${formatNumber(share * 100, { decimals: 1 })}%`
                  return [
                    { kind: 'text', text: formatNumber(count), x: across, y: small ? middle : middle - 9, color, size: small ? 11 : 14, weight: 'bold', align: 'center' },
                    ...(small ? [] : [{ kind: 'text', text: percent, x: across, y: middle + 11, color, size: 12, align: 'center' } as const]),
                  ] as const
                })
              }),
            ],
          },
        ],
      }),
  })
}
