import { expect, it } from 'vitest'
import { everyTrade } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runSampler } from './run-sampler.js'

it('makes a row of what traded, crosses and off-book prints aside', () => {
  const ticks = [
    handTick({}), handTick({ trade: { lots: 1 } }), handTick({ trade: { lots: NaN, size: 2 } }), handTick({ trade: { lots: -1, print: 'hidden' } }),
    handTick({ trade: { lots: 1, print: 'cross' } }), handTick({ trade: { lots: 1, print: 'off-book' } }), handTick({ kind: 'order', trade: { lots: -3 } }),
  ]
  expect(runSampler(everyTrade(), ticks)).toEqual([1, 2, 3, 6])
  expect(everyTrade().name).toBe('every_trade')
})
