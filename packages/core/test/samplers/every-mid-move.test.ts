import { expect, it } from 'vitest'
import { everyMidMove } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runSampler } from './run-sampler.js'

it('makes a row of every move of the mid since the last defined one', () => {
  const quote = (bid: number, ask: number, lots = 1) => handTick({ bids: [[bid, lots]], asks: [[ask, lots]] })
  const ticks = [
    handTick({ bids: [[100, 1]] }), quote(100, 102), quote(100, 102, 9), quote(99, 103), quote(100, 103),
    handTick({ asks: [[103, 1]] }), quote(100, 103), quote(104, 103), handTick({ bids: [[100, 1]], asks: [[104, 1]], synced: false }), quote(100, 104),
  ]
  expect(runSampler(everyMidMove(), ticks)).toEqual([1, 4, 9])
  expect(everyMidMove().name).toBe('every_mid_move')
})
