import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { bernoulliRuns, changeAlarm, gaussianRuns } from '../../src/bayes/index.js'

/** Rows after a change until the alarm, from a rate of `before` to one of `later`; NaN if none in 400. */
function delay(seed: number, before: number, later: number): number {
  const random = seededRandom(seed)
  const alarm = changeAlarm({ model: bernoulliRuns() })
  for (let row = 0; row < 1000; row++) alarm.step(random() < before ? 1 : 0)
  for (let row = 1; row <= 400; row++) if (alarm.step(random() < later ? 1 : 0) > 0) return row
  return NaN
}

describe('changeAlarm', () => {
  it('notices a rate that falls from 0.65 to 0.35, and one that rises, within 80 rows for most seeds', () => {
    for (const [before, later] of [[0.65, 0.35], [0.35, 0.65]] as const) {
      const delays = Array.from({ length: 31 }, (_, seed) => delay(seed + 1, before, later)).sort((a, b) => a - b)
      expect(delays[15]).toBeLessThan(80)
      expect(delays[15]).toBeGreaterThan(15)
    }
  })

  it('says when the run began, and calls one change once', () => {
    const alarm = changeAlarm({ model: gaussianRuns(), hazard: 1e-3 })
    const random = seededRandom(6)
    const called: { row: number; began: number }[] = []
    for (let row = 0; row < 3000; row++) {
      const level = row < 1000 ? 0 : row < 2000 ? 3 : -3
      const rowsAgo = alarm.step(level + random() - 0.5)
      if (rowsAgo > 0) called.push({ row, began: row + 1 - rowsAgo })
    }
    expect(called.map(({ began }) => began)).toEqual([1000, 2000])
    called.forEach(({ row, began }) => expect(row - began).toBeLessThan(10))
    expect(alarm.calledProbability).toBeGreaterThan(0.5)
    expect(alarm.probability).toBeLessThan(0.5)
  })

  it('refuses thresholds that are none, and states of others', () => {
    for (const threshold of [0, 1, NaN]) expect(() => changeAlarm({ model: bernoulliRuns(), threshold })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    const state = changeAlarm({ model: bernoulliRuns(), threshold: 0.4 }).save()
    expect(() => changeAlarm({ model: bernoulliRuns() }).load(state)).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
  })
})
