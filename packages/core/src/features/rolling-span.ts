import { LobError } from '../errors.js'
import { integerOption } from '../option-range.js'
import type { Micros } from '../units.js'

/** How far back a rolling window reaches: over the last `ticks` rows, or over (t - `micros`, t] of `tsLocal`. One of the two. */
export type RollingSpan =
  | { readonly ticks: number; readonly micros?: never }
  | { readonly micros: Micros; readonly ticks?: never }

/** The end of a column's name: `200` for ticks, `250us`, `500ms` or `10s` for time. */
export type SpanName<Span extends RollingSpan> = Span extends { readonly ticks: infer Ticks extends number }
  ? `${Ticks}`
  : `${number}${'us' | 'ms' | 's'}`

/** A span that has been checked. */
export interface CheckedSpan<Name extends string = string> {
  readonly name: Name
  readonly byTime: boolean
  /** Rows or microseconds. */
  readonly length: number
  /** For the fingerprint. */
  readonly options: RollingSpan
}

/**
 * Checks the span among a feature's options.
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is given, or it is no integer of 1 or more.
 */
export function rollingSpan<Span extends RollingSpan>(options: Span): CheckedSpan<SpanName<Span>> {
  const { ticks, micros } = options
  if ((ticks === undefined) === (micros === undefined)) {
    throw new LobError('LOB_BAD_OPTION', `Options ticks and micros: expected exactly one, got ${ticks === undefined ? 'neither' : 'both'}.`)
  }
  const byTime = ticks === undefined
  const length = byTime ? integerOption('micros', micros!, 1) : integerOption('ticks', ticks, 1)
  return { name: (byTime ? timeName(length) : `${length}`) as SpanName<Span>, byTime, length, options: byTime ? { micros: length } : { ticks: length } }
}

function timeName(micros: Micros): string {
  if (micros % 1_000_000 === 0) return `${micros / 1_000_000}s`
  return micros % 1000 === 0 ? `${micros / 1000}ms` : `${micros}us`
}
