import { describe, expect, it } from 'vitest'
import { constantLatency, feedScaledLatency, interpolatedLatency, jitteredLatency } from '../../src/index.js'

describe('constant', () => {
  it('each way its own', () => {
    const model = constantLatency({ micros: 500, entryMicros: 300, feedMicros: 70 })
    expect([model.entry(1), model.feedback(1), model.feed!(1)]).toEqual([300, 500, 70])
    expect(constantLatency({ micros: 5 }).feed).toBeUndefined()
  })
  it.each([-1, NaN, Infinity])('refuses %s', (micros) => expect(() => constantLatency({ micros })).toThrow(/micros/))
})

describe('interpolated', () => {
  const model = interpolatedLatency({ ts: [100, 200, 400], entryMicros: [10, 20, 0], feedbackMicros: [1, 1, 3] })
  it('on the line between measurements, the ends beyond them', () => {
    expect([0, 100, 150, 200, 300, 400, 900].map((ts) => model.entry(ts))).toEqual([10, 10, 15, 20, 10, 0, 0])
    expect(model.feedback(300)).toBe(2)
  })
  it('refuses what was not measured', () => {
    expect(() => interpolatedLatency({ ts: [], entryMicros: [], feedbackMicros: [] })).toThrow(/1 or more/)
    expect(() => interpolatedLatency({ ts: [2, 1], entryMicros: [1, 1], feedbackMicros: [1, 1] })).toThrow(/before/)
    expect(() => interpolatedLatency({ ts: [1], entryMicros: [-1], feedbackMicros: [1] })).toThrow(/entryMicros/)
  })
})

describe('from the feed', () => {
  const model = feedScaledLatency({ ts: [100, 200], feedMicros: [10, 50], entryFactor: 2 })
  // The message of 200 is here at 250: before that nobody knows that the line is slow.
  it('the last delay known', () => {
    expect([0, 110, 249, 250, 999].map((ts) => model.entry(ts))).toEqual([20, 20, 20, 100, 100])
    expect(model.feedback(250)).toBe(50)
  })
  it('refuses clocks that are not aligned', () => expect(() => feedScaledLatency({ ts: [1], feedMicros: [-3] })).toThrow(/align/))
})

describe('jittered', () => {
  const base = constantLatency({ micros: 100 })
  const model = jitteredLatency({ base, meanJitterMicros: 40, seed: 7 })
  const draws = Array.from({ length: 20_000 }, (_, at) => model.entry(1.7e15 + at * 997) - 100)
  it('is exponential', () => {
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
    // Standard error 40 / sqrt(20,000) = 0.28.
    expect(Math.abs(mean - 40)).toBeLessThan(1.5)
    expect(draws.filter((value) => value > 40).length / draws.length).toBeCloseTo(Math.exp(-1), 1)
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0)
  })
  it('follows from seed and time alone', () => {
    expect(jitteredLatency({ base, meanJitterMicros: 40, seed: 7 }).entry(123)).toBe(model.entry(123))
    expect(jitteredLatency({ base, meanJitterMicros: 40, seed: 8 }).entry(123)).not.toBe(model.entry(123))
    expect(model.feedback(123)).not.toBe(model.entry(123))
  })
})
