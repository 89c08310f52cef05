import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyMicros } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { randomTicks } from '../random-ticks.js'
import { runSampler } from './run-sampler.js'

describe('everyMicros', () => {
  it('makes a row of the first tick at or after each point of the grid', () => {
    const ticks = [1000, 1400, 2000, 2000, 2999, 5300, 5400, 6001].map((at) => handTick({ at }))
    expect(runSampler(everyMicros(1000), ticks)).toEqual([0, 2, 5, 7])
    expect(everyMicros(1000).name).toBe('every_micros_1000')
  })

  it('starts with a row, wherever it starts', () => {
    expect(runSampler(everyMicros(1000), [1999, 2000].map((at) => handTick({ at })))).toEqual([0, 1])
  })

  it('equals a search for each point of the grid', () => {
    fc.assert(
      fc.property(randomTicks(), fc.integer({ min: 1, max: 1500 }), (ticks, micros) => {
        const times = ticks.map(({ tsLocal }) => tsLocal)
        const rows = new Set([0])
        for (let point = Math.ceil(times[0]! / micros) * micros; point <= times.at(-1)!; point += micros) rows.add(times.findIndex((time) => time >= point))
        expect(runSampler(everyMicros(micros), ticks)).toEqual([...rows].sort((a, b) => a - b))
      }),
    )
  })

  it('refuses a grid without distance', () => {
    for (const micros of [0, -5, 0.5, NaN]) expect(() => everyMicros(micros)).toThrow(/micros/)
  })
})
