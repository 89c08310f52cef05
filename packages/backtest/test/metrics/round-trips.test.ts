import { expect, it } from 'vitest'
import { feeSchedule, roundTrips } from '../../src/index.js'
import { handRun, market, snapshot } from '../hand-market.js'

const at = (mid: number) => snapshot([[mid - 1, 100]], [[mid + 1, 100]])

it('flat to flat; a turn ends one and begins the next', async () => {
  const run = await handRun([at(100), at(105), at(103), at(101), at(101)], {
    0: (orders) => void orders.place(market('buy', 10)),
    1: (orders) => void orders.place(market('sell', 15)),
    2: (orders) => void orders.place(market('buy', 5)),
    3: (orders) => void orders.place(market('buy', 1)),
  }, { cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: 0, takerBps: 100 }] }) })
  const trips = roundTrips(run.fills, run.instruments)
  expect(trips.map(({ direction, lots, fills, openedAt, closedAt, gross }) => [direction, lots, fills, closedAt - openedAt, gross])).toEqual([[1, 10, 2, 1000, 50], [-1, 5, 2, 1000, 10]])
  // Bought at 101, sold at 104, a hundredth of each; then sold at 104, bought at 104.
  expect(trips[0]!.net).toBeCloseTo(10 * (104 - 101) - 10 * 2.05, 10)
  expect(trips[1]!.net).toBeCloseTo(5 * (104 - 104) - 5 * 2.08, 10)
  expect(run.summary).toMatchObject({ roundTrips: 2, winRate: 0.5 })
})
