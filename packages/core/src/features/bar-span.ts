import { integerOption } from '../option-range.js'
import { rollingSpan, type CheckedSpan, type RollingSpan, type SpanName } from './rolling-span.js'

/** A window of bars: how many, and how long each is in rows or in time. */
export type BarSpan = RollingSpan & {
  /** Bars in the window. */
  readonly bars: number
}

/** The end of a column's name: `20x60s` for twenty bars of a minute. */
export type BarSpanName<Span extends BarSpan> = `${Span['bars']}x${SpanName<Span>}`

export interface CheckedBarSpan<Name extends string = string> {
  readonly name: Name
  readonly bars: number
  readonly bar: CheckedSpan
  /** For the fingerprint. */
  readonly options: object
}

/** @throws {LobError} LOB_BAD_OPTION where `bars` is not an integer of `fewest` or more, or the bar's span is not exactly one of 1 or more. */
export function barSpan<Span extends BarSpan>(options: Span, fewest: number): CheckedBarSpan<BarSpanName<Span>> {
  const bars = integerOption('bars', options.bars, fewest)
  const bar = rollingSpan<Span>(options)
  return { name: `${bars}x${bar.name}` as BarSpanName<Span>, bars, bar, options: { bars, ...bar.options } }
}
