import { LobError, type Micros } from '@rxlob/core'

/** A moment as the venue writes it. */
export interface WireTime {
  readonly micros: Micros
  /** Nanoseconds within the microsecond, 0-999. */
  readonly nanos: number
}

/** Earlier times are not times: Coinbase writes year 1 and 1970 for "none". */
const firstYear = 2010

const shape = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/

/**
 * Reads `2026-09-21T14:13:20.123456789Z`, with 0 to 9 digits after the point. Undefined where the venue says that there is no time.
 *
 * @throws {LobError} LOB_BAD_MESSAGE for anything that is no UTC time.
 */
export function wireTime(text: string): WireTime | undefined {
  const found = shape.exec(text)
  if (found === null) throw bad(text)
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) throw bad(text)
  if (year < firstYear) return undefined
  const fraction = Number((found[7] ?? '').padEnd(9, '0'))
  return { micros: Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + Math.floor(fraction / 1000), nanos: fraction % 1000 }
}

const bad = (text: string): LobError => new LobError('LOB_BAD_MESSAGE', `Expected a UTC time such as 2026-09-21T14:13:20.123456Z, got ${JSON.stringify(text.slice(0, 40))}.`)
