import { describe, expect, it } from 'vitest'
import { columnsOf, deepLobInputs, fitDayScore, type FeatureFrame } from '../../src/kernel.js'

const names = (options: Parameters<typeof deepLobInputs>[0]) => columnsOf(deepLobInputs(options)).map(({ name }) => name)

describe('deepLobInputs', () => {
  it('has ten levels in the order of FI-2010', () => {
    expect(names({ raw: true })).toHaveLength(40)
    expect(names({ raw: true }).slice(0, 5)).toEqual(['ask_price_1', 'ask_lots_1', 'bid_price_1', 'bid_lots_1', 'ask_price_2'])
    expect(names({ rolling: { ticks: 100 } }).slice(-2)).toEqual(['bid_price_10_z_100', 'bid_lots_10_z_100'])
  })

  it('takes the fit of its own raw columns', () => {
    const columns = columnsOf(deepLobInputs({ raw: true }))
    const values = Float64Array.from({ length: 80 }, (_, at) => at)
    const frame: FeatureFrame = { instrument: 'hand:ABC', columns, length: 2, firstRow: 0, tsExchange: new Float64Array(2), tsLocal: new Float64Array(2), values }
    expect(names({ fitted: fitDayScore(frame) })[0]).toBe('ask_price_1_z_day')
  })

  it('refuses to guess how to scale', () => {
    expect(() => deepLobInputs({} as never)).toThrow(/exactly one/)
    expect(() => deepLobInputs({ raw: true, rolling: { ticks: 1 } } as never)).toThrow(/exactly one/)
  })
})
