import type { Micros } from './units.js'

const microsADay = 86_400_000_000

/**
 * A time as ISO 8601 text with microseconds, UTC: `2012-06-21T13:30:00.017459Z`. 'invalid' where it is no time.
 *
 * @see Hinnant, "chrono-compatible low-level date algorithms", civil_from_days: years begin on 1 March, so that the leap day comes last.
 */
export function isoTime(micros: Micros): string {
  if (!Number.isFinite(micros)) return 'invalid'
  const whole = Math.floor(micros)
  const days = Math.floor(whole / microsADay)
  const rest = whole - days * microsADay
  const sinceMarchYear0 = days + 719_468
  const era = Math.floor(sinceMarchYear0 / 146_097)
  const dayOfEra = sinceMarchYear0 - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const seconds = Math.floor(rest / 1_000_000)
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => digits(part, 2)).join(':')
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${time}.${digits(rest % 1_000_000, 6)}Z`
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')
