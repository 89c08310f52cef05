import type { Micros } from '@rxlob/core/kernel'
import { textWidth } from '../text/text-width.js'
import { type Axis, labelSize } from './axis.js'
import { type TimeTicks, timeTicks } from './time-ticks.js'

export interface TimeAxisOptions {
  /** Pixels along the axis, horizontal. */
  readonly length: number
  readonly range: readonly [min: Micros, max: Micros]
  /** IANA name. */
  readonly timeZone: string
}

/** A horizontal axis of wall-clock times that names its zone. */
export function timeAxis({ length, range, timeZone }: TimeAxisOptions): Axis {
  const [min, max] = range[1] > range[0] ? range : [range[0] - 5e5, range[0] + 5e5]
  let ticks = timeTicks(min, max, 2, timeZone)
  for (let most = Math.max(2, Math.floor(length / 40)); most > 2; most--) {
    const candidate = timeTicks(min, max, most, timeZone)
    if (touching(candidate, length / (max - min))) continue
    ticks = candidate
    break
  }
  const pattern = ticks.pattern === 'date' ? '' : `${ticks.pattern}, `
  return { title: `Time (${pattern}${timeZone})`, min, max, ticks: ticks.values, labels: ticks.labels, gridLines: true, rotate: 0 }
}

function touching({ values, labels }: TimeTicks, pixelsPerMicro: number): boolean {
  const halves = labels.map((label) => textWidth(label, labelSize) / 2 + 6)
  return values.some((value, i) => i > 0 && (value - (values[i - 1] ?? 0)) * pixelsPerMicro < (halves[i] ?? 0) + (halves[i - 1] ?? 0))
}
