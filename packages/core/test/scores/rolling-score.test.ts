import { testFeature } from '@rxlob/testkit'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { midPrice, rollingScore, spread, topVolume, type Feature } from '../../src/kernel.js'
import { midTicksOf } from '../hand-tick.js'
import { randomSpan, randomTicks } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('rollingScore', () => {
  it('equals two-pass scores by the rows before, over random windows', () => {
    fc.assert(
      fc.property(randomTicks(), randomSpan, (ticks, span) => {
        const kept = ticks.filter(({ book }) => book.synced && !book.crossed)
        const values = new Map(kept.map((tick) => [tick, tick.book.askTicks(0) - tick.book.bidTicks(0)]))
        const expected = ticks.map((tick) => {
          const row = kept.indexOf(tick)
          const isCovered = row >= 0 && (span.ticks === undefined ? tick.tsLocal - kept[0]!.tsLocal >= span.micros : row >= span.ticks)
          if (!isCovered) return NaN
          const before = kept.slice(0, row).filter((other, at) => (span.ticks === undefined ? other.tsLocal > tick.tsLocal - span.micros : at >= row - span.ticks))
          const seen = before.map((other) => values.get(other)!).filter((value) => !Number.isNaN(value))
          const mean = seen.reduce((a, b) => a + b, 0) / seen.length
          const scale = Math.sqrt(seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seen.length - 1))
          return scale > 1e-12 ? (values.get(tick)! - mean) / scale : NaN
        })
        expectClose(runColumn(rollingScore(spread(), span), ticks), expected, 1e-9)
      }),
    )
  })

  it('keeps its digits for a small move at a great price', () => {
    const mids = [0, 1, 0, 1, 3].map((move) => 1e12 + move)
    const scale = Math.sqrt(4 * 0.25 / 3)
    expectClose([runColumn(rollingScore(midPrice(), { ticks: 4 }), midTicksOf(mids))[4]!], [2.5 / scale], 1e-9)
  })

  it.each(testFeature(rollingScore(topVolume({ levels: 2 }), { ticks: 40 }), { mirror: ([bid, ask]) => [ask!, bid!], variant: rollingScore(topVolume({ levels: 3 }), { ticks: 40 }) }))('$name', ({ run }) => run())

  it('names its columns after those of the feature', () => {
    expectTypeOf(rollingScore(spread(), { ticks: 1000 })).toEqualTypeOf<Feature<'spread_z_1000'>>()
    expect(rollingScore(topVolume({ levels: 2 }), { micros: 5_000_000 }).columns.map(({ name }) => name)).toEqual(['bid_volume_2_z_5s', 'ask_volume_2_z_5s'])
  })
})
