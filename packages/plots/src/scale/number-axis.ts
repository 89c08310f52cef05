import { formatNumber } from '../format-number.js'
import { textWidth } from '../text/text-width.js'
import { type Axis, labelSize } from './axis.js'
import { type NumberTicks, numberTicks } from './number-ticks.js'

export interface NumberAxisOptions {
  readonly title: string
  /** Pixels along the axis. */
  readonly length: number
  readonly direction: 'horizontal' | 'vertical'
  /** Range to show. Widened where it is a single point. */
  readonly range: readonly [min: number, max: number]
  /** Ends the axis at a tick. Default true. */
  readonly nice?: boolean
  /** Written after each label, for example `%` of values already in percent. */
  readonly suffix?: string
}

/** An axis of numbers whose labels never touch. */
export function numberAxis({ title, length, direction, range, nice = true, suffix = '' }: NumberAxisOptions): Axis {
  const [low, high] = widened(range)
  const most = Math.max(2, Math.floor(length / (direction === 'vertical' ? 42 : 40)))
  for (let count = most; ; count--) {
    const ticks = numberTicks(low, high, count)
    const min = nice ? Math.min(low, Math.floor(low / ticks.step + 1e-6) * ticks.step) : low
    const max = nice ? Math.max(high, Math.ceil(high / ticks.step - 1e-6) * ticks.step) : high
    const shown = nice ? numberTicks(min, max, Math.round((max - min) / ticks.step) + 1) : ticks
    const labels = tickLabels(shown, suffix)
    const room = (shown.step / (max - min)) * length
    const needed = direction === 'vertical' ? labelSize : Math.max(...labels.map((label) => textWidth(label, labelSize)))
    if (count > 2 && needed + 12 > room) continue
    const kept = shown.values.map((_, i) => needed + 12 <= room || i === 0 || i === shown.values.length - 1)
    return { title, min, max, ticks: shown.values.filter((_, i) => kept[i]), labels: labels.filter((_, i) => kept[i]), gridLines: true, rotate: 0 }
  }
}

function widened([low, high]: readonly [number, number]): [number, number] {
  // Below this share of its size a range is lost in the rounding of doubles.
  const least = Math.max(Math.abs(low), Math.abs(high)) * 1e-9
  if (high - low > least) return [low, high]
  const margin = low === 0 ? 1 : Math.abs(low) * 0.01
  return [low - margin, high + margin]
}

function tickLabels({ step, values, decimals }: NumberTicks, suffix: string): string[] {
  const largest = Math.max(...values.map(Math.abs))
  if (largest >= 1e13 || decimals > 5) {
    // As many digits as tell two neighbours apart.
    const digits = Math.max(3, Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step) + 1e-9) + 1)
    return values.map((value) => (value === 0 ? '0' : formatNumber(value, { digits })) + suffix)
  }
  const [divisor, unit] = largest >= 2e9 ? [1e9, 'B'] : largest >= 1e7 ? [1e6, 'M'] : [1, '']
  const kept = unit === '' ? decimals : Math.max(0, ...values.map((value) => (String(value / divisor).split('.')[1] ?? '').length))
  return values.map((value) => formatNumber(value / divisor, { decimals: kept }) + (value === 0 ? '' : unit) + suffix)
}
