import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tick } from '../../src/kernel.js'
import { midBars } from '../../src/features/mid-bars.js'
import { rollingSpan } from '../../src/features/rolling-span.js'
import { handTick } from '../hand-tick.js'
import { naiveMid } from '../naive-window.js'
import { randomBook, randomSpan } from '../random-ticks.js'

const ticksWithTrades = fc.array(fc.tuple(randomBook, fc.integer({ min: 0, max: 900 }), fc.integer({ min: -5, max: 5 })), { minLength: 1, maxLength: 60 }).map((rows) => {
  let at = 1_000_000
  return rows.map(([book, wait, lots]): Tick => handTick({ ...book, synced: true, at: (at += wait), ...(lots !== 0 && { trade: { ticks: 1000 + lots, lots } }) }))
})

const barOf = (rows: readonly Tick[], before: number): number[] => {
  const mids = rows.map((tick) => (tick.book.crossed ? NaN : naiveMid(tick))).filter((mid) => mid > 0)
  const traded = rows.filter(({ tradeSize }) => tradeSize > 0)
  const sum = (of: (tick: Tick) => number) => traded.reduce((total, tick) => total + of(tick), 0)
  const prices = mids.length > 0 ? [mids[0]!, Math.max(...mids), Math.min(...mids), mids.at(-1)!] : [before, before, before, before]
  return [before, ...prices, sum(({ tradeLots }) => tradeLots), sum(({ tradeSize }) => tradeSize), sum(({ tradeTicks, tradeSize }) => tradeTicks * tradeSize)]
}

describe('midBars', () => {
  it('equals bars gathered with whole arrays, by rows and by time', () => {
    fc.assert(
      fc.property(ticksWithTrades, randomSpan, (ticks, span) => {
        const groups: Tick[][] = []
        if (span.ticks !== undefined) for (let row = 0; row + span.ticks <= ticks.length; row += span.ticks) groups.push(ticks.slice(row, row + span.ticks))
        else {
          const cell = (tick: Tick) => Math.floor(tick.tsLocal / span.micros)
          for (let at = cell(ticks[0]!); at < cell(ticks.at(-1)!); at++) groups.push(ticks.filter((tick) => cell(tick) === at))
        }
        let before = NaN
        const expected = groups.map((rows) => {
          const bar = barOf(rows, before)
          before = bar[4]!
          return bar
        }).slice(span.ticks === undefined ? 1 : 0).filter((bar) => !Number.isNaN(bar[4]))

        const state = midBars.init(rollingSpan(span), 1e9)
        const bars: number[][] = []
        for (const tick of ticks) {
          midBars.step(state, tick)
          while (midBars.next(state)) bars.push([state.previous, state.open, state.high, state.low, state.close, state.flow, state.lots, state.value])
        }
        expect(bars).toEqual(expected)
      }),
    )
  })

  it('gives no more empty bars after a long silence than are kept', () => {
    const quote = { bids: [[99, 1]], asks: [[101, 1]] } as const
    const state = midBars.init(rollingSpan({ micros: 10 }), 3)
    let bars = 0
    for (const at of [5, 15, 1e9]) {
      midBars.step(state, handTick({ ...quote, at }))
      while (midBars.next(state)) bars++
    }
    expect(bars).toBe(4)
  })
})
