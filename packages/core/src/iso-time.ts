import type { Micros } from './units.js'

/** A time as ISO 8601 text with microseconds, UTC: `2012-06-21T13:30:00.017459Z`. 'invalid' where it is no time. */
export function isoTime(micros: Micros): string {
  if (!Number.isFinite(micros)) return 'invalid'
  const millis = Math.floor(micros / 1000)
  const rest = String(Math.floor(micros - millis * 1000)).padStart(3, '0')
  return `${new Date(millis).toISOString().slice(0, -1)}${rest}Z`
}
