import { LobError, type Micros } from '@rxlob/core/kernel'

const second = 1e6
const steps = [
  1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5,
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000, 7776000, 31536000].map((seconds) => seconds * second),
] as const
const day = 86400 * second

export interface TimeTicks {
  readonly values: readonly Micros[]
  readonly labels: readonly string[]
  /** What the labels show, `HH:MM` and so on. */
  readonly pattern: string
}

/**
 * Wall-clock ticks in [min, max], at most `most`: HH:MM, with seconds or milliseconds where the step needs them, dates from a day on.
 *
 * @param timeZone IANA name.
 * @throws {LobError} LOB_BAD_OPTION where the zone is unknown.
 */
export function timeTicks(min: Micros, max: Micros, most: number, timeZone: string): TimeTicks {
  const clock = wallClock(timeZone)
  const step = steps.find((candidate) => (max - min) / candidate <= most - 1) ?? (max - min) / Math.max(1, most - 1)
  const fractionDigits = step < second ? Math.ceil(-Math.log10((step / second) * (1 + 1e-9))) : 0
  const pattern = step >= day ? 'date' : step < second ? `HH:MM:SS.${'s'.repeat(fractionDigits)}` : step < 60 * second ? 'HH:MM:SS' : 'HH:MM'
  const values: Micros[] = []
  const labels: string[] = []
  // Walking on the wall clock keeps ticks on whole local hours through changes of summer time.
  const from = min + clock.offset(min)
  for (let local = Math.ceil(from / step) * step; ; local += step) {
    const guess = local - clock.offset(local - clock.offset(min))
    if (guess > max) break
    // A wall clock skips an hour when summer time begins: what it never shows is no tick.
    if (guess < min || guess + clock.offset(guess) !== local) continue
    values.push(guess)
    labels.push(tickLabel(local, pattern, fractionDigits))
  }
  return { values, labels, pattern }
}

function tickLabel(local: number, pattern: string, fractionDigits: number): string {
  const text = new Date(Math.round(local / 1000)).toISOString()
  if (pattern === 'date' || local % day === 0) return text.slice(0, 10)
  if (pattern === 'HH:MM') return text.slice(11, 16)
  return pattern === 'HH:MM:SS' ? text.slice(11, 19) : text.slice(11, 20 + fractionDigits)
}

function wallClock(timeZone: string): { offset(time: Micros): number } {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
  } catch (error) {
    throw new LobError('LOB_BAD_OPTION', `Option timeZone: expected an IANA time zone such as America/New_York, got ${timeZone}.`, {}, { cause: error })
  }
  return {
    offset: (time) => {
      const whole = Math.floor(time / second) * second
      const part: Record<string, number> = {}
      for (const { type, value } of format.formatToParts(new Date(whole / 1000))) part[type] = Number(value)
      const { year = 0, month = 0, day: date = 0, hour = 0, minute = 0, second: seconds = 0 } = part
      return Date.UTC(year, month - 1, date, hour, minute, seconds) * 1000 - whole
    },
  }
}
