import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { cancellationRatio, type Feature } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomChanges, randomSpan, randomTicks } from '../random-ticks.js'
import { runFeature } from '../run-feature.js'

const quote = { bids: [[100, 5]], asks: [[102, 4]] } as const

describe('cancellationRatio', () => {
  it('divides cancellations by submissions, counted and in lots', () => {
    const ticks = [
      handTick({ ...quote, changes: [[1, 100, 0, 8, 'add']] }),
      handTick({ ...quote, changes: [[1, 100, 8, 6, 'cancel']] }),
      handTick({ ...quote, changes: [[-1, 102, 0, 2, 'add']] }),
      handTick({ ...quote, changes: [[1, 100, 6, 1, 'fill']] }),
      handTick({ ...quote, changes: [[-1, 102, 2, 0, 'cancel']] }),
      handTick(quote),
    ]
    expect(runFeature(cancellationRatio({ ticks: 3 }), ticks)).toEqual([[NaN, NaN], [NaN, NaN], [1 / 2, 2 / 10], [1, 1], [1, 1], [NaN, NaN]])
  })

  it('equals the naive sums over each window of random changes', () => {
    fc.assert(
      fc.property(randomTicks(randomChanges), randomSpan, (ticks, span) => {
        const expected = naiveWindows(ticks, span, true).map((window) => {
          let [adds, addedLots, cancels, cancelledLots] = [0, 0, 0, 0]
          for (const { changes } of window ?? []) {
            for (let row = 0; row < changes.length; row++) {
              if (!['add', 'cancel', 'replace', 'set'].includes(changes.cause(row))) continue
              const change = changes.lotsAfter(row) - changes.lotsBefore(row)
              if (change > 0) [adds, addedLots] = [adds + 1, addedLots + change]
              if (change < 0) [cancels, cancelledLots] = [cancels + 1, cancelledLots - change]
            }
          }
          return adds === 0 ? [NaN, NaN] : [cancels / adds, cancelledLots / addedLots]
        })
        expect(runFeature(cancellationRatio(span), ticks)).toEqual(expected)
      }),
    )
  })

  it('names its columns by their denominator and its span', () => {
    expect(cancellationRatio({ ticks: 500 }).columns.map(({ name }) => name)).toEqual(['cancels_per_submission_count_500', 'cancels_per_submission_volume_500'])
    expectTypeOf(cancellationRatio({ ticks: 5 })).toEqualTypeOf<Feature<'cancels_per_submission_count_5' | 'cancels_per_submission_volume_5'>>()
    expect(() => cancellationRatio({ micros: 0.5 })).toThrow(/micros/)
  })
})
