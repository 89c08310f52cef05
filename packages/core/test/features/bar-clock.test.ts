import { describe, expect, it } from 'vitest'
import { barClock } from '../../src/features/bar-clock.js'
import { rollingSpan } from '../../src/features/rolling-span.js'
import { handTick } from '../hand-tick.js'

describe('barClock', () => {
  it('ends a bar of rows with its last row', () => {
    const clock = barClock.init(rollingSpan({ ticks: 3 }))
    expect(clock).toEqual({ byTime: false, length: 3, cell: 0, whole: true })
    const ended = Array.from({ length: 7 }, () => [barClock.before(clock, handTick({ at: 99 })), barClock.after(clock)])
    expect(ended).toEqual([false, false, true, false, false, true, false].map((after) => [0, after]))
  })

  it('ends bars of time before the first row at or after their end, empty ones too, and never goes back', () => {
    const clock = barClock.init(rollingSpan({ micros: 10 }))
    expect(clock).toEqual({ byTime: true, length: 10, cell: NaN, whole: false })
    const times = [5, 9, 10, 12, 35, 25, 36, 41, 41]
    expect(times.map((at) => barClock.before(clock, handTick({ at })))).toEqual([0, 0, 1, 0, 2, 0, 0, 1, 0])
    expect(times.map(() => barClock.after(clock))).toEqual(times.map(() => false))
  })
})
