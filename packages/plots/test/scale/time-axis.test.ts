import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeAxis } from '../../src/scale/time-axis.js'
import { textWidth } from '../../src/text/text-width.js'

const at = (...parts: [number, number, number, number?, number?, number?]): number => Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0) * 1000

describe('timeAxis', () => {
  it('ticks a New York session on its wall clock', () => {
    const axis = timeAxis({ length: 800, range: [at(2012, 6, 21, 13, 30), at(2012, 6, 21, 20)], timeZone: 'America/New_York' })
    expect(axis.title).toBe('Time (HH:MM, America/New_York)')
    expect(axis.labels).toEqual(['09:30', '10:00', '10:30', '11:00', '11:30', '12:00', '12:30', '13:00', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00'])
    expect(axis.ticks[0]).toBe(at(2012, 6, 21, 13, 30))
    expect(axis.ticks[2]).toBe(at(2012, 6, 21, 14, 30))
  })

  it('stays on whole hours through the end of summer time', () => {
    // 2012-11-04: 02:00 EDT (06:00 UTC) became 01:00 EST.
    const { ticks, labels } = timeAxis({ length: 400, range: [at(2012, 11, 4, 4), at(2012, 11, 4, 16)], timeZone: 'America/New_York' })
    expect(labels).toEqual(['2012-11-04', '02:00', '04:00', '06:00', '08:00', '10:00'])
    expect(ticks.slice(1)).toEqual([7, 9, 11, 13, 15].map((hour) => at(2012, 11, 4, hour)))
  })

  it.each([
    ['Asia/Kolkata', [at(2024, 1, 1, 3, 45), at(2024, 1, 1, 10)], '09:30', 'Time (HH:MM, Asia/Kolkata)'],
    ['UTC', [at(2024, 1, 1), at(2024, 1, 11)], '2024-01-04', 'Time (UTC)'],
    ['UTC', [at(2024, 1, 1, 10), at(2024, 1, 1, 10, 0, 40)], '10:00:10', 'Time (HH:MM:SS, UTC)'],
    ['UTC', [at(2024, 1, 1, 10), at(2024, 1, 1, 10) + 1e6], '10:00:00.2', 'Time (HH:MM:SS.s, UTC)'],
    ['UTC', [at(2024, 1, 1, 10), at(2024, 1, 1, 10) + 2e4], '10:00:00.005', 'Time (HH:MM:SS.sss, UTC)'],
    ['Europe/London', [at(2024, 1, 1, 20), at(2024, 1, 2, 6)], '2024-01-02', 'Time (HH:MM, Europe/London)'],
  ] as const)('in %s over %j writes %s', (timeZone, range, label, title) => {
    const axis = timeAxis({ length: 700, range, timeZone })
    expect(axis.labels).toContain(label)
    expect(axis.title).toBe(title)
  })

  it('says what every wall clock of the zone says, and labels never touch', () => {
    const zones = ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', 'Europe/London']
    fc.assert(
      fc.property(fc.integer({ min: 1e15, max: 1.8e15 }), fc.integer({ min: 60e6, max: 86400e6 * 3 }), fc.constantFrom(...zones), fc.integer({ min: 250, max: 1400 }), (from, span, timeZone, length) => {
        const { ticks, labels, min, max } = timeAxis({ length, range: [from, from + span], timeZone })
        const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
        const places = ticks.map((tick) => ((tick - min) / (max - min)) * length)
        for (const [i, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(from)
          expect(tick).toBeLessThanOrEqual(from + span)
          expect(date.format(new Date(tick / 1000))).toContain(labels[i])
          if (i > 0 && ticks.length > 2) expect((places[i] ?? 0) - (places[i - 1] ?? 0)).toBeGreaterThan((textWidth(labels[i] ?? '', 11) + textWidth(labels[i - 1] ?? '', 11)) / 2)
        }
      }),
    )
  })

  it('refuses an unknown zone', () => {
    expect(() => timeAxis({ length: 100, range: [0, 1e6], timeZone: 'Mars/Olympus' })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('Mars/Olympus') }))
  })
})
