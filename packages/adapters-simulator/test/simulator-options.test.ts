import { LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { simulator, type SimulatorOptions } from '../src/index.js'

describe('options out of range', () => {
  it.each<[string, SimulatorOptions, RegExp]>([
    ['seed', { seed: -1 }, /seed.*0 to 4294967295/],
    ['symbol', { symbol: 'A B' }, /symbol.*letters/],
    ['startMicros', { startMicros: 0.5 }, /startMicros/],
    ['durationMicros', { durationMicros: 0 }, /durationMicros/],
    ['durationMicros, too long', { durationMicros: 32 * 86_400e6 }, /durationMicros/],
    ['price off the grid', { price: 100.001 }, /price.*0\.01/],
    ['price too low', { price: 0.5 }, /price.*100 ticks/],
    ['tickSize', { tickSize: 0 }, /decimal step/],
    ['lotSize', { lotSize: NaN }, /decimal step/],
    ['levels', { levels: 0 }, /levels/],
    ['rates.limitOrders', { rates: { limitOrders: 0 } }, /rates\.limitOrders/],
    ['rates.hiddenShare', { rates: { hiddenShare: 2 } }, /rates\.hiddenShare/],
    ['accuracy', { signal: { accuracy: 1.1 } }, /signal\.accuracy/],
    ['horizonEvents', { signal: { horizonEvents: 7 } }, /signal\.horizonEvents.*8/],
    ['eventsPerSecond', { signal: { eventsPerSecond: 0 } }, /signal\.eventsPerSecond/],
    ['rates with a signal', { signal: {}, rates: { limitOrders: 3 } }, /rates/],
    ['aggression with a signal', { signal: {}, regimes: [{ fromMicros: 1, aggression: 2 }] }, /aggression/],
    ['accuracy without a signal', { regimes: [{ fromMicros: 1, accuracy: 0.5 }] }, /accuracy/],
    ['regimes out of order', { regimes: [{ fromMicros: 5 }, { fromMicros: 5 }] }, /regimes\[1\]\.fromMicros.*5/],
    ['activity', { regimes: [{ fromMicros: 5, activity: 0 }] }, /regimes\[0\]\.activity/],
  ])('%s', (_, options, message) => {
    expect(() => simulator(options)).toThrow(message)
    expect(() => simulator(options)).toThrow(LobError)
    expect(() => simulator(options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('the instrument', () => {
  it('takes its names and steps from the options', async () => {
    for await (const { instrument } of simulator({ symbol: 'abc', tickSize: 0.5, lotSize: 0.001, price: 2000, durationMicros: 1e6 }).batches()) {
      expect(instrument).toMatchObject({ id: 'sim:ABC', venue: 'sim', symbol: 'ABC', tickSize: 0.5, lotSize: 0.001 })
    }
  })
})
