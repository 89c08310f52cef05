import { shortenText } from '../text/shorten-text.js'
import { textWidth } from '../text/text-width.js'
import { type Axis, labelSize } from './axis.js'

export interface CategoryAxisOptions {
  readonly title: string
  readonly names: readonly string[]
  /** Pixels along the axis. */
  readonly length: number
  readonly direction: 'horizontal' | 'vertical'
  /** Longest label, pixels; longer ones lose their middle. */
  readonly labelWidth: number
}

/**
 * An axis of names: name i stands at i, the range is -0.5 to n - 0.5.
 *
 * Horizontal labels are turned where they would touch; where even turned ones would, only every second, third, ... is written.
 */
export function categoryAxis({ title, names, length, direction, labelWidth }: CategoryAxisOptions): Axis {
  const band = length / Math.max(1, names.length)
  const widest = Math.min(labelWidth, Math.max(0, ...names.map((name) => textWidth(name, labelSize))))
  const rotate = direction === 'vertical' || widest + 8 <= band ? 0 : band >= 20 ? 45 : 90
  const spacing = labelSize + 3
  const every = rotate === 0 && direction === 'horizontal' ? 1 : Math.ceil(spacing / band)
  const ticks = names.flatMap((_, i) => (i % every === 0 ? [i] : []))
  return {
    title,
    min: -0.5,
    max: Math.max(1, names.length) - 0.5,
    ticks,
    labels: ticks.map((i) => shortenText(names[i] ?? '', labelWidth, labelSize)),
    gridLines: false,
    rotate,
  }
}
