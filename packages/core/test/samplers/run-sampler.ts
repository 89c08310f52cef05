import type { Sampler, Tick } from '../../src/kernel.js'
import { handInstrument } from '../hand-tick.js'

/** Numbers of the ticks that become rows. The state goes through structuredClone half-way. */
export function runSampler(sampler: Sampler, ticks: readonly Tick[]): number[] {
  let state = sampler.init(handInstrument)
  return ticks.flatMap((tick, row) => {
    if (row === ticks.length >> 1) state = structuredClone(state)
    return sampler.step(state, tick) ? [row] : []
  })
}
