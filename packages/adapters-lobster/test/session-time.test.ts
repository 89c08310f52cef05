import type { LobError } from '@rxlob/core'
import { expect, it, vi } from 'vitest'
import { sessionStart } from '../src/session-time.js'

// Epoch seconds of 34200 s, worked by hand from the offset of New York on that day.
it.each([
  ['2012-06-21', 1340285400],
  ['2012-01-20', 1327069800],
  ['2012-03-11', 1331472600], // clocks go forward
  ['2012-11-04', 1352039400], // clocks go back
  ['2024-02-29', 1709217000],
])('starts trading on %s at %d', (date, epochSeconds) => {
  expect(sessionStart(date) + 34_200 * 1e6).toBe(epochSeconds * 1e6)
})

it.each(['2012-13-01', '2012-02-30', '2023-02-29', '2012-6-21', '20120621', '', 'today', 'x2012-06-21', '2012-06-21x', '2012-06-21 (x)', '+012012-06', '+012012-06-21'])('refuses %j', (date) => {
  expect(() => sessionStart(date)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: `Option date: expected a calendar day as YYYY-MM-DD, got '${date}'.` }) as LobError)
})

it.each([8, 11, 14])('refuses to guess on a runtime that puts 14:30 UTC at %d h in New York', (hour) => {
  vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function () {
    return { format: () => String(hour) } as Intl.DateTimeFormat
  })
  try {
    const message = `This runtime has no time-zone data for New York, where it puts 14:30 UTC at ${hour} h: use a build with full ICU.`
    expect(() => sessionStart('2012-06-21')).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message }) as LobError)
  } finally {
    vi.restoreAllMocks()
  }
})
