import { describe, expect, it } from 'vitest'
import { newYorkDay } from '../src/new-york-day.js'

// Epoch seconds of 09:30 in New York, from reference tables of the time zone.
const openings: [string, number][] = [['2012-06-21', 1340285400], ['2012-01-20', 1327069800], ['2012-03-11', 1331472600], ['2012-11-04', 1352039400]]

describe('newYorkDay', () => {
  it.each(openings)('counts 34,200 seconds to 09:30 on %s', (date, seconds) => {
    expect(newYorkDay(seconds * 1e6)).toEqual({ date, startMicros: (seconds - 34_200) * 1e6 })
  })

  it('takes the date in New York, not in Greenwich', () => {
    expect(newYorkDay(Date.parse('2024-01-03T03:00:00Z') * 1000)).toEqual({ date: '2024-01-02', startMicros: Date.parse('2024-01-02T05:00:00Z') * 1000 })
    expect(newYorkDay(Date.parse('2024-01-02T05:00:00Z') * 1000).date).toBe('2024-01-02')
  })
})
