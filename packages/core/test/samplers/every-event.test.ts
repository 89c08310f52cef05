import { expect, it } from 'vitest'
import { everyEvent } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runSampler } from './run-sampler.js'

it('makes every tick a row, synced or not', () => {
  expect(runSampler(everyEvent(), [handTick({}), handTick({ synced: false }), handTick({ trade: { lots: 1 } })])).toEqual([0, 1, 2])
  expect(everyEvent().name).toBe('every_event')
})
