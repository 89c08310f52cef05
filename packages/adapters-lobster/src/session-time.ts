import { LobError, type Micros } from '@rxlob/core'

const hourMillis = 3_600_000

/**
 * The instant from which a file's "seconds after midnight" count, as UTC.
 *
 *   UTC = date 00:00 as if UTC - offset of New York at 09:30 local + seconds
 *
 * On the two days a year when the clocks change, local midnight has the other offset, so "midnight plus
 * seconds" would be an hour off; the exchange's clock is the wall clock of its trading hours.
 *
 * Unit: micros since the Unix epoch.
 *
 * @param date `YYYY-MM-DD`, the trading day in New York.
 * @throws {LobError} LOB_BAD_OPTION where there is no such date.
 * @example
 * sessionStart('2012-06-21') + 34_200_000_000 // 1340285400000000, 13:30 UTC
 */
export function sessionStart(date: string): Micros {
  // A year of six digits, as in +012012-06, would be cut to ten characters of another date.
  const asIfUtc = /^\d{4}-/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN
  if (Number.isNaN(asIfUtc) || new Date(asIfUtc).toISOString().slice(0, 10) !== date) {
    throw new LobError('LOB_BAD_OPTION', `Option date: expected a calendar day as YYYY-MM-DD, got '${date}'.`)
  }
  return (asIfUtc - newYorkHours(asIfUtc) * hourMillis) * 1000
}

/** Hours to add to UTC for New York's wall clock during the trading hours of a day: -5 or -4. */
function newYorkHours(midnightUtc: number): number {
  // 14:30 UTC is 09:30 or 10:30 in New York: past the 02:00 change either way.
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', hourCycle: 'h23' })
  const hour = Number(clock.format(midnightUtc + 14.5 * hourMillis))
  if (hour !== 9 && hour !== 10) {
    throw new LobError('LOB_BAD_OPTION', `This runtime has no time-zone data for New York, where it puts 14:30 UTC at ${hour} h: use a build with full ICU.`)
  }
  return hour - 14
}
