import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberAxis } from '../../src/scale/number-axis.js'
import { textWidth } from '../../src/text/text-width.js'

describe('numberAxis', () => {
  it('rounds its ends out to ticks, or keeps them', () => {
    const options = { title: '', length: 300, direction: 'vertical', range: [0.13, 0.87] } as const
    expect(numberAxis(options)).toMatchObject({ min: 0, max: 1, labels: ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0'] })
    expect(numberAxis({ ...options, nice: false })).toMatchObject({ min: 0.13, max: 0.87, labels: ['0.2', '0.4', '0.6', '0.8'] })
  })

  it.each([
    [[0, 4e6], ['0', '2,000,000', '4,000,000']],
    [[0, 4e7], ['0', '20M', '40M']],
    [[-3e10, 3e10], ['−20B', '0', '20B']],
    [[0, 3e-6], ['0', '2e−6']],
    [[2, 2], ['1.98', '2.00', '2.02']],
    [[9.1e-6, 9.12e-6], ['9.105e−6', '9.11e−6', '9.115e−6']],
  ] as const)('of %j is labelled %j', (range, labels) => {
    expect(numberAxis({ title: '', length: 300, direction: 'horizontal', range, nice: false }).labels).toEqual(expect.arrayContaining([...labels]))
  })

  it('has two ticks or more, all within the axis, whose labels differ and never touch', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.integer({ min: 150, max: 1500 }), fc.boolean(),
        (low, span, length, nice) => {
          // A label tells neighbours apart by its last digit; a span below 1e-12 of the values leaves it none.
          fc.pre(span > Math.abs(low) * 1e-6)
          const { min, max, ticks, labels } = numberAxis({ title: '', length, direction: 'horizontal', range: [low, low + span], nice })
          expect(ticks.length).toBeGreaterThanOrEqual(2)
          expect(new Set(labels).size).toBe(ticks.length)
          expect(min).toBeLessThanOrEqual(low)
          expect(max).toBeGreaterThanOrEqual(low + span)
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(min - span * 1e-6)
            expect(tick).toBeLessThanOrEqual(max + span * 1e-6)
          }
          if (ticks.length === 2) return
          const places = ticks.map((tick) => ((tick - min) / (max - min)) * length)
          for (const [i, place] of places.slice(1).entries()) {
            const halves = (textWidth(labels[i] ?? '', 11) + textWidth(labels[i + 1] ?? '', 11)) / 2
            expect(place - (places[i] ?? 0)).toBeGreaterThan(halves)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
