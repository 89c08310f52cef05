import { describe, expect, it } from 'vitest'
import { decayingLevelRates } from '../../src/kernel.js'
import { handTick, type HandChange } from '../hand-tick.js'
import { expectClose, runFeature } from '../run-feature.js'

const tick = (at: number, changes: HandChange[] = []) => handTick({ bids: [[100, 5]], asks: [[101, 5]], at, changes })

describe('decayingLevelRates', () => {
  it('weighs each event by its age', () => {
    const feature = decayingLevelRates({ distances: 1, tauMicros: 2_000_000 })
    const add: HandChange[] = [[1, 100, 1, 5, 'add']]
    const rows = runFeature(feature, [tick(0), tick(500_000, add), tick(1_000_000, add), tick(3_000_000), tick(5_000_000, add)])
    const weight = (age: number) => Math.exp(-age / 2)
    expectClose(rows.map((row) => row[0]!), [NaN, NaN, NaN, (weight(2.5) + weight(2)) / 2, (weight(4.5) + weight(4) + 1) / 2], 1e-14)
    expect(feature.columns.map(({ name }) => name).slice(0, 2)).toEqual(['bid_add_rate_at_1_decay_2s', 'ask_add_rate_at_1_decay_2s'])
  })

  it('refuses options that are no counts', () => {
    expect(() => decayingLevelRates({ distances: 1, tauMicros: 0 })).toThrow(/tauMicros/)
  })
})
