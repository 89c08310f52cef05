import { expect, it } from 'vitest'
import { everyQuote } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runSampler } from './run-sampler.js'

it('makes a row of every change of a best price or size', () => {
  const quote = { bids: [[100, 5], [99, 1]], asks: [[102, 4]] } as const
  const ticks = [
    quote, quote, { ...quote, bids: [[100, 6], [99, 1]] }, { ...quote, bids: [[100, 6], [99, 7]] }, quote,
    { ...quote, asks: [[103, 4]] }, { ...quote, asks: [] }, { ...quote, asks: [] }, quote, { ...quote, trade: { lots: 1 } },
  ] as const
  expect(runSampler(everyQuote(), ticks.map(handTick))).toEqual([0, 2, 4, 5, 6, 8])
  expect(everyQuote().name).toBe('every_quote')
})

it('makes no rows while the book is not synced', () => {
  const quote = { bids: [[100, 5]], asks: [[102, 4]] } as const
  const ticks = [{ ...quote, synced: false }, { synced: false }, quote].map(handTick)
  expect(runSampler(everyQuote(), ticks)).toEqual([2])
})
