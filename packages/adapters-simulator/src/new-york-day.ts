import type { Micros } from '@rxlob/core'

/** A trading day on New York's wall clock. */
export interface NewYorkDay {
  /** `YYYY-MM-DD` */
  readonly date: string
  /**
   * The instant from which the day's "seconds after midnight" count: local midnight, but for the two days a year when the
   * clocks change after it.
   */
  readonly startMicros: Micros
}

const wallClock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York', hourCycle: 'h23',
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
})

/** The day that `micros` falls on in New York, with the clock as it stands at that moment. */
export function newYorkDay(micros: Micros): NewYorkDay {
  const millis = Math.floor(micros / 1000)
  const part = Object.fromEntries(wallClock.formatToParts(millis).map(({ type, value }) => [type, value]))
  const secondsIntoDay = Number(part['hour']) * 3600 + Number(part['minute']) * 60 + Number(part['second'])
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    startMicros: (Math.floor(millis / 1000) - secondsIntoDay) * 1_000_000,
  }
}
