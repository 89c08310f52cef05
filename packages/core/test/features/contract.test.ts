import { readdirSync, readFileSync } from 'node:fs'
import { makeEvents, testFeature, type TestFeatureOptions } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import {
  arrivalRates, cancellationRatio, depthImbalance, integratedOfi, logOfi, midPrice, ofi, ofiByLevel, parkinsonVolatility, queueImbalance,
  realizedVolatility, rollingOfi, sizeIncreaseImbalance, spread, topVolume, tradeFlow, tradeFlowImbalance, weightedMid,
  type Feature, type Fitted, type IntegratedOfiParameters, type MarketEvent,
} from '../../src/kernel.js'

const fit = (scaling: 'none' | 'depth'): Fitted<IntegratedOfiParameters> => ({
  parameters: { weights: [0.5, 0.3, 0.2], explained: 0.8, scaling }, instrument: 'made:TEST0', from: 0, to: 1, rows: 100,
})

const ticks = 40
const micros = 2_000_000
const swapped = (row: readonly number[]): number[] => row.map((_, column) => row[column ^ 1]!)

/** Prices mirror about an axis in ticks: one tick size for the whole stream. */
const pricedStream: MarketEvent[] = makeEvents({ seed: 104, events: 1500, book: 'l2', rates: { redefinitions: 0 } })
const { tickSize } = pricedStream.flatMap((event) => (event.kind === 'instrument' ? [event.definition] : []))[0]!
const priced: TestFeatureOptions = { streams: [pricedStream], mirror: ([price], axisTicks) => [axisTicks * tickSize - price!] }

/** Every exported feature in each of its forms. Volatilities are of logarithms, which no reflection of prices keeps. */
const cases: Record<string, readonly [feature: Feature, options: TestFeatureOptions][]> = {
  arrivalRates: [
    [arrivalRates({ ticks }), { mirror: swapped, variant: arrivalRates({ ticks: 41 }) }],
    [arrivalRates({ micros }), { mirror: swapped, variant: arrivalRates({ ticks: micros }) }],
  ],
  cancellationRatio: [
    [cancellationRatio({ ticks }), { mirror: 'keeps', variant: cancellationRatio({ ticks: 41 }) }],
    [cancellationRatio({ micros }), { mirror: 'keeps', variant: cancellationRatio({ ticks: micros }) }],
  ],
  depthImbalance: [
    [depthImbalance({ levels: 3 }), { mirror: 'flips', variant: depthImbalance({ levels: 2 }) }],
    [depthImbalance({ levels: 3, weights: 'harmonic' }), { mirror: 'flips', variant: depthImbalance({ levels: 3 }) }],
    [depthImbalance({ levels: 3, weights: 'exponential' }), { mirror: 'flips', variant: depthImbalance({ levels: 3, weights: 'exponential', decay: 2 }) }],
  ],
  integratedOfi: [
    [integratedOfi(fit('none')), { mirror: 'flips', variant: integratedOfi(fit('depth')) }],
    [integratedOfi(fit('depth')), { mirror: 'flips', variant: integratedOfi(fit('depth'), { ticks }) }],
    [integratedOfi(fit('none'), { ticks }), { mirror: 'flips', variant: integratedOfi(fit('none'), { ticks: 41 }) }],
    [integratedOfi(fit('depth'), { micros }), { mirror: 'flips', variant: integratedOfi(fit('none'), { micros }) }],
  ],
  logOfi: [[logOfi({ levels: 3 }), { mirror: 'flips', variant: logOfi() }]],
  midPrice: [[midPrice(), priced], [midPrice(), {}]],
  ofi: [[ofi(), { mirror: 'flips', variant: ofi({ levels: 2 }) }], [ofi({ levels: 5 }), { mirror: 'flips' }]],
  ofiByLevel: [[ofiByLevel({ levels: 4 }), { mirror: 'flips', variant: ofiByLevel({ levels: 3 }) }]],
  parkinsonVolatility: [
    [parkinsonVolatility({ ticks }), { variant: parkinsonVolatility({ ticks, measure: 'variance' }) }],
    [parkinsonVolatility({ micros, measure: 'variance' }), { variant: parkinsonVolatility({ ticks: micros, measure: 'variance' }) }],
  ],
  queueImbalance: [[queueImbalance(), { mirror: 'flips' }]],
  realizedVolatility: [
    [realizedVolatility({ ticks }), { variant: realizedVolatility({ ticks, measure: 'variance' }) }],
    [realizedVolatility({ micros, measure: 'variance' }), { variant: realizedVolatility({ ticks: micros, measure: 'variance' }) }],
  ],
  rollingOfi: [
    [rollingOfi({ ticks, levels: 3 }), { mirror: 'flips', variant: rollingOfi({ ticks }) }],
    [rollingOfi({ micros }), { mirror: 'flips', variant: rollingOfi({ ticks: micros }) }],
  ],
  sizeIncreaseImbalance: [[sizeIncreaseImbalance({ levels: 3 }), { mirror: 'flips', variant: sizeIncreaseImbalance() }]],
  spread: [[spread(), { mirror: 'keeps' }]],
  topVolume: [[topVolume({ levels: 3 }), { mirror: swapped, variant: topVolume({ levels: 2 }) }]],
  tradeFlow: [[tradeFlow(), { mirror: 'flips' }]],
  tradeFlowImbalance: [
    [tradeFlowImbalance({ ticks }), { mirror: 'flips', variant: tradeFlowImbalance({ ticks, normalised: true }) }],
    [tradeFlowImbalance({ micros, normalised: true }), { mirror: 'flips', variant: tradeFlowImbalance({ micros }) }],
  ],
  weightedMid: [[weightedMid(), priced], [weightedMid(), {}]],
}

describe('the feature contract', () => {
  it('is tested for every exported feature', () => {
    const folder = new URL('../../src/features/', import.meta.url)
    const exported = readdirSync(folder).flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8')
      return [...source.matchAll(/^export function (\w+)[^{]*\([^]*?\): Feature</gm)].map((match) => match[1]!)
    })
    expect(Object.keys(cases).sort()).toEqual(exported.filter((name) => !name.startsWith('define')).sort())
  })

  for (const [name, list] of Object.entries(cases)) {
    for (const [feature, options] of list) {
      describe(`${name}: ${feature.name}`, () => {
        it.each(testFeature(feature, options))('$name', ({ run }) => run())
      })
    }
  }
})
