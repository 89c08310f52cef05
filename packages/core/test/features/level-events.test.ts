import { describe, expect, it } from 'vitest'
import { levelEvents } from '../../src/features/level-events.js'
import { handTick, type HandTickSpec } from '../hand-tick.js'

/** Bid 100, ask 103, two distances: counts by name. */
function countsOf(...specs: readonly HandTickSpec[]): Record<string, number> {
  const events = levelEvents.init(2)
  for (const spec of specs) levelEvents.read(events, handTick({ bids: [[100, 5]], asks: [[103, 5]], ...spec }))
  return Object.fromEntries(levelEvents.columns(2, 'x').map(({ name }, at) => [name, events.counts[at]!] as const).filter(([, count]) => count !== 0))
}

describe('levelEvents', () => {
  it('names its columns kind by kind, then the market orders', () => {
    expect(levelEvents.columns(2, '9s').map(({ name, unit }) => [name, unit])).toEqual([
      'bid_add_rate_at_1_9s', 'bid_add_rate_at_2_9s', 'ask_add_rate_at_1_9s', 'ask_add_rate_at_2_9s', 'bid_cancel_rate_at_1_9s', 'bid_cancel_rate_at_2_9s',
      'ask_cancel_rate_at_1_9s', 'ask_cancel_rate_at_2_9s', 'market_buy_rate_9s', 'market_sell_rate_9s',
    ].map((name) => [name, 'per-second']))
  })

  it('counts by the distance from the best price of the other side, within its distances', () => {
    expect(countsOf({ changes: [[1, 102, 0, 1, 'add'], [1, 101, 0, 1, 'add'], [1, 101, 1, 2, 'add'], [1, 100, 0, 1, 'add'], [1, 103, 0, 1, 'add']] })).toEqual({ bid_add_rate_at_1_x: 1, bid_add_rate_at_2_x: 2 })
    expect(countsOf({ changes: [[-1, 101, 1, 0, 'cancel'], [-1, 102, 2, 1, 'cancel'], [-1, 103, 2, 1, 'cancel'], [-1, 102, 4, 4, 'set']] })).toEqual({ ask_cancel_rate_at_1_x: 1, ask_cancel_rate_at_2_x: 1 })
    expect(countsOf({ changes: [[1, 102, 2, 1, 'cancel'], [-1, 101, 1, 2, 'add']] })).toEqual({ bid_cancel_rate_at_1_x: 1, ask_add_rate_at_1_x: 1 })
  })

  it('counts nothing where the other side is empty', () => {
    expect(countsOf({ asks: [], changes: [[1, 102, 0, 1, 'add']] })).toEqual({})
  })

  it('counts regular trades of a known taker', () => {
    expect(countsOf({ trade: { ticks: 103, lots: 7 } })).toEqual({ market_buy_rate_x: 1 })
    expect(countsOf({ trade: { ticks: 100, lots: -7 } })).toEqual({ market_sell_rate_x: 1 })
    for (const trade of [{ lots: 0 }, { lots: NaN, size: 3 }, { lots: 3, print: 'hidden' }] as const) expect(countsOf({ trade: { ticks: 103, ...trade } })).toEqual({})
  })

  it('begins each event at 0', () => {
    expect(countsOf({ trade: { ticks: 103, lots: 7 } }, {})).toEqual({})
  })

  it('takes what traded at a level out of what left it with the next event', () => {
    const left = (after: number) => countsOf({ trade: { ticks: 103, lots: 4 } }, { asks: [[102, 5]], bids: [[101, 1]], changes: [[-1, 103, 9, after, 'set']] })
    expect([left(5), left(4)]).toEqual([{}, { ask_cancel_rate_at_2_x: 1 }])
  })
})
