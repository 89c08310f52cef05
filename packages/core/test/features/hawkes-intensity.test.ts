import { describe, expect, it } from 'vitest'
import { hawkesIntensity, type Fitted, type HawkesParameters } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { expectClose, runFeature } from '../run-feature.js'

const fitted = (parameters: Partial<HawkesParameters> = {}): Fitted<HawkesParameters> => ({
  parameters: { mu: [0.3, 0.2], alpha: [[0.8, 0.1], [0.4, 0.5]], beta: 2, logLikelihood: 0, branchingRatio: 0.5, ...parameters }, instrument: 'hand:ABC', from: 0, to: 1, rows: 9,
})
const trade = (at: number, lots: number) => handTick({ at: at * 1e6, trade: { ticks: 100, lots } })

describe('hawkesIntensity', () => {
  it('equals the intensities of vector A11 just before each event', () => {
    const ticks = [0, 0.5, 0.7, 1.5].flatMap((at) => [handTick({ at: at * 1e6 }), trade(at, 3)])
    const buys = runFeature(hawkesIntensity(fitted()), ticks).map(([buy]) => buy!)
    expectClose([buys[0]!, buys[2]!, buys[4]!, buys[6]!], [0.3, 0.5943035529, 1.033533608, 0.6096150957])
    expectClose([buys[1]!], [0.3 + 0.8], 1e-15)
  })

  it('lets each side excite both, and tells which is ahead', () => {
    const [row] = runFeature(hawkesIntensity(fitted()), [trade(0, 1), trade(1, -2)]).slice(1)
    const [buys, sells] = [Math.exp(-2), 1]
    const [buy, sell] = [0.3 + 0.8 * buys + 0.1 * sells, 0.2 + 0.4 * buys + 0.5 * sells]
    expectClose(row!, [buy, sell, (buy - sell) / (buy + sell)], 1e-15)
  })

  it('counts the fills of one market order once, and no hidden trade', () => {
    const hidden = handTick({ at: 0, trade: { ticks: 100, lots: 5, print: 'hidden' } })
    expect(runFeature(hawkesIntensity(fitted()), [trade(0, 1), trade(0, 4), hidden, trade(0, NaN)]).map(([buy]) => buy)).toEqual([1.1, 1.1, 1.1, 1.1])
  })

  it('lets the sellers fade too, and counts the fills of their order once', () => {
    const sold = 0.2 + 0.5 * Math.exp(-2 * 0.5)
    const rows = runFeature(hawkesIntensity(fitted()), [trade(0, -1), trade(0, -4), handTick({ at: 0.5e6 })])
    expectClose(rows.map(([, sell]) => sell!), [0.7, 0.7, sold], 1e-15)
  })

  it('leaves the rates alone where a trade is hidden, empty or of an unknown taker', () => {
    for (const passed of [{ lots: 5, print: 'hidden' }, { lots: -5, print: 'cross' }, { lots: 0 }, { lots: NaN, size: 3 }] as const) {
      const [, row] = runFeature(hawkesIntensity(fitted()), [handTick({}), handTick({ at: 1e6, trade: { ticks: 100, ...passed } })])
      expectClose(row!, [0.3, 0.2, 0.2], 1e-15)
    }
  })

  it('refuses a fit of other than two types', () => {
    expect(() => hawkesIntensity(fitted({ mu: [1], alpha: [[1]] }))).toThrow(/two types/)
    expect(() => hawkesIntensity(fitted({ beta: NaN }))).toThrow(/finite/)
  })
})
