import { describe, expect, it } from 'vitest'
import { regimeSchedule } from '../src/regimes.js'

describe('regimeSchedule', () => {
  it('gives the regime in force, and goes back to the defaults for what a regime leaves out', () => {
    const schedule = regimeSchedule([{ fromMicros: 2, activity: 3 }, { fromMicros: 5, accuracy: 0.4 }, { fromMicros: 6, aggression: 2 }], 0.7)
    const at = [0, 1999, 2000, 4999, 5000, 6000, 9000].map((nanos) => schedule.at(nanos))
    expect(at.map(({ activity }) => activity)).toEqual([1, 1, 3, 3, 1, 1, 1])
    expect(at.map(({ accuracy }) => accuracy)).toEqual([0.7, 0.7, 0.7, 0.7, 0.4, 0.7, 0.7])
    expect(at.map(({ aggression }) => aggression)).toEqual([1, 1, 1, 1, 1, 2, 2])
  })

  it('may begin at once', () => expect(regimeSchedule([{ fromMicros: 0, activity: 2 }], 0.5).at(0).activity).toBe(2))
})
