import { makeEvents, type TestFeatureOptions } from '@rxlob/testkit'
import {
  amihudIlliquidity, arrivalRates, bipowerVolatility, bookLevels, bookSlope, bookVwap, cancelShareOfRemovals, cancellationRatio,
  closeToCloseVolatility, decayingLevelRates, depthImbalance, depthProfile, depthWithin, effectiveSpread, garmanKlassVolatility,
  hawkesIntensity, integratedOfi, kyleLambda, levelRates, liquidityConcentration, liquidityEntropy, logOfi, microPrice, midPrice, midReturn,
  naesSkjeltorpSlope, normalisedOfi, ofi, ofiByLevel, parkinsonVolatility, priceImpact, queueAhead, queueImbalance, queuePositionChange,
  realizedKernelVolatility, realizedSpread, realizedVolatility, relativeSpread, rogersSatchellVolatility, rollSpread, rollingOfi,
  roundTripCost, shrunkWeightedMid, sizeIncreaseImbalance, spread, submissionsPerTrade, sweepPrice, topVolume, tradeFlow,
  tradeFlowImbalance, tradeSign, tradeVwap, tradedProfile, twoScaleVolatility, vpin, vpinExact, weightedMid, yangZhangVolatility,
  type Feature, type Fitted, type HawkesParameters, type IntegratedOfiParameters, type MarketEvent, type MicroPriceParameters,
  type ShrunkWeightedMidParameters,
} from '../src/kernel.js'

const fit = (scaling: 'none' | 'depth'): Fitted<IntegratedOfiParameters> => ({
  parameters: { weights: [0.5, 0.3, 0.2], explained: 0.8, scaling }, instrument: 'made:TEST0', from: 0, to: 1, rows: 100,
})

const ticks = 40
const micros = 2_000_000
const swapped = (row: readonly number[]): number[] => row.map((_, column) => row[column ^ 1]!)

/** Rates at two distances: bids, asks, bids, asks, then buyers and sellers. */
const byLevel = ([a, b, c, d, e, f, g, h, buy, sell]: readonly number[]): number[] => [c!, d!, a!, b!, g!, h!, e!, f!, sell!, buy!]

/** Prices mirror about an axis in ticks: one tick size for the whole stream. */
const pricedStream: MarketEvent[] = makeEvents({ seed: 104, events: 1500, book: 'l2', rates: { redefinitions: 0 } })
const { tickSize } = pricedStream.flatMap((event) => (event.kind === 'instrument' ? [event.definition] : []))[0]!
/** Prices of a market and of its mirror add up to the axis; columns in the order that a mirror puts them in. */
const reflects = (...order: number[]): TestFeatureOptions => ({ streams: [pricedStream], mirror: (row, axisTicks) => order.map((column) => axisTicks * tickSize - row[column]!) })
const priced = reflects(0)
const data = { instrument: 'made:TEST0', from: 0, to: 1, rows: 100 } as const
const microFit = (adjustment: number): Fitted<MicroPriceParameters> => ({ parameters: { edges: [-0.4, 0, 0.4], spreads: 2, adjustments: [-1, -0.5, 0.5, 1, -2, -adjustment, adjustment, 2], unvisited: 0 }, ...data })
const hawkesFit = (beta: number): Fitted<HawkesParameters> => ({ parameters: { mu: [0.3, 0.3], alpha: [[0.8, 0.2], [0.2, 0.8]], beta, logLikelihood: 0, branchingRatio: 0.5 }, ...data })
const shrunk = (share: number): Fitted<ShrunkWeightedMidParameters> => ({ parameters: { share }, ...data })

/** Every exported feature in each of its forms, by the name of its factory. Volatilities are of logarithms, which no reflection of prices keeps. */
export const makeFeatureCases = (): Record<string, readonly [feature: Feature, options: TestFeatureOptions][]> => ({
  amihudIlliquidity: [
    [amihudIlliquidity({ bars: 6, ticks: 7 }), { variant: amihudIlliquidity({ bars: 6, ticks: 8 }) }],
    [amihudIlliquidity({ bars: 6, micros }), { variant: amihudIlliquidity({ bars: 6, ticks: micros }) }],
  ],
  arrivalRates: [
    [arrivalRates({ ticks }), { mirror: swapped, variant: arrivalRates({ ticks: 41 }) }],
    [arrivalRates({ micros }), { mirror: swapped, variant: arrivalRates({ ticks: micros }) }],
  ],
  bipowerVolatility: [
    [bipowerVolatility({ bars: 6, ticks: 7 }), { variant: bipowerVolatility({ bars: 6, ticks: 8 }) }],
    [bipowerVolatility({ bars: 6, micros }), { variant: bipowerVolatility({ bars: 6, ticks: micros }) }],
  ],
  bookLevels: [[bookLevels({ levels: 2 }), { variant: bookLevels({ levels: 3 }) }]],
  bookSlope: [[bookSlope({ levels: 3 }), { variant: bookSlope({ levels: 2 }) }]],
  bookVwap: [[bookVwap({ levels: 3 }), reflects(1, 0, 2)], [bookVwap({ levels: 2 }), { variant: bookVwap({ levels: 3 }) }]],
  cancelShareOfRemovals: [
    [cancelShareOfRemovals({ ticks }), { mirror: 'keeps', variant: cancelShareOfRemovals({ ticks: 41 }) }],
    [cancelShareOfRemovals({ micros }), { mirror: 'keeps', variant: cancelShareOfRemovals({ ticks: micros }) }],
  ],
  cancellationRatio: [
    [cancellationRatio({ ticks }), { mirror: 'keeps', variant: cancellationRatio({ ticks: 41 }) }],
    [cancellationRatio({ micros }), { mirror: 'keeps', variant: cancellationRatio({ ticks: micros }) }],
  ],
  closeToCloseVolatility: [
    [closeToCloseVolatility({ bars: 6, ticks: 7 }), { variant: closeToCloseVolatility({ bars: 6, ticks: 8 }) }],
    [closeToCloseVolatility({ bars: 6, micros }), { variant: closeToCloseVolatility({ bars: 6, ticks: micros }) }],
    [closeToCloseVolatility({ bars: 6, ticks: 7, mean: 'zero', measure: 'variance' }), { variant: closeToCloseVolatility({ bars: 6, ticks: 7, mean: 'zero' }) }],
  ],
  decayingLevelRates: [[decayingLevelRates({ distances: 2, tauMicros: micros }), { mirror: byLevel, variant: decayingLevelRates({ distances: 2, tauMicros: micros + 1 }) }]],
  depthImbalance: [
    [depthImbalance({ levels: 3 }), { mirror: 'flips', variant: depthImbalance({ levels: 2 }) }],
    [depthImbalance({ levels: 3, weights: 'harmonic' }), { mirror: 'flips', variant: depthImbalance({ levels: 3 }) }],
    [depthImbalance({ levels: 3, weights: 'exponential' }), { mirror: 'flips', variant: depthImbalance({ levels: 3, weights: 'exponential', decay: 2 }) }],
    [depthImbalance({ levels: 3, weights: 'distance' }), { mirror: 'flips', variant: depthImbalance({ levels: 3, weights: 'distance', decay: 2 }) }],
  ],
  depthProfile: [
    [depthProfile({ bins: 3, levels: 5 }), { mirror: (row) => [...row.slice(3), ...row.slice(0, 3)], variant: depthProfile({ bins: 3, levels: 4 }) }],
    [depthProfile({ bins: 2, binTicks: 3, levels: 5 }), { mirror: (row) => [...row.slice(2), ...row.slice(0, 2)] }],
  ],
  depthWithin: [[depthWithin({ basisPoints: 20, levels: 5 }), { variant: depthWithin({ basisPoints: 20, levels: 4 }) }]],
  effectiveSpread: [
    [effectiveSpread({ ticks }), { mirror: 'keeps', variant: effectiveSpread({ ticks: 41 }) }],
    [effectiveSpread({ micros }), { mirror: 'keeps', variant: effectiveSpread({ ticks: micros }) }],
    [effectiveSpread({ ticks, signing: 'lee-ready' }), { mirror: 'keeps', variant: effectiveSpread({ ticks, signing: 'tick-rule' }) }],
  ],
  garmanKlassVolatility: [
    [garmanKlassVolatility({ bars: 6, ticks: 7 }), { variant: garmanKlassVolatility({ bars: 6, ticks: 8 }) }],
    [garmanKlassVolatility({ bars: 6, micros }), { variant: garmanKlassVolatility({ bars: 6, ticks: micros }) }],
    [garmanKlassVolatility({ bars: 6, ticks: 7, form: 'full', measure: 'variance' }), { variant: garmanKlassVolatility({ bars: 6, ticks: 7, form: 'full' }) }],
  ],
  hawkesIntensity: [[hawkesIntensity(hawkesFit(2)), { mirror: ([buy, sell, imbalance]) => [sell!, buy!, -imbalance!], variant: hawkesIntensity(hawkesFit(3)) }]],
  integratedOfi: [
    [integratedOfi(fit('none')), { mirror: 'flips', variant: integratedOfi(fit('depth')) }],
    [integratedOfi(fit('depth')), { mirror: 'flips', variant: integratedOfi(fit('depth'), { ticks }) }],
    [integratedOfi(fit('none'), { ticks }), { mirror: 'flips', variant: integratedOfi(fit('none'), { ticks: 41 }) }],
    [integratedOfi(fit('depth'), { micros }), { mirror: 'flips', variant: integratedOfi(fit('none'), { micros }) }],
  ],
  kyleLambda: [
    [kyleLambda({ bars: 6, ticks: 7 }), { mirror: 'keeps', variant: kyleLambda({ bars: 6, ticks: 8 }) }],
    [kyleLambda({ bars: 6, micros }), { mirror: 'keeps', variant: kyleLambda({ bars: 6, ticks: micros }) }],
    [kyleLambda({ bars: 6, ticks: 7, intercept: false, signing: 'lee-ready' }), { mirror: 'keeps', variant: kyleLambda({ bars: 6, ticks: 7, intercept: false }) }],
  ],
  levelRates: [
    [levelRates({ ticks, distances: 2 }), { mirror: byLevel, variant: levelRates({ ticks: 41, distances: 2 }) }],
    [levelRates({ micros, distances: 2 }), { mirror: byLevel, variant: levelRates({ ticks: micros, distances: 2 }) }],
  ],
  liquidityConcentration: [[liquidityConcentration({ levels: 3 }), { mirror: 'keeps', variant: liquidityConcentration({ levels: 2 }) }]],
  liquidityEntropy: [[liquidityEntropy({ levels: 3 }), { mirror: 'keeps', variant: liquidityEntropy({ levels: 2 }) }]],
  logOfi: [[logOfi({ levels: 3 }), { mirror: 'flips', variant: logOfi() }]],
  microPrice: [[microPrice(microFit(0.5)), priced], [microPrice(microFit(0.5)), { variant: microPrice(microFit(0.75)) }]],
  midPrice: [[midPrice(), priced], [midPrice(), {}]],
  midReturn: [
    [midReturn({ ticks }), { variant: midReturn({ ticks: 41 }) }],
    [midReturn({ micros }), { variant: midReturn({ ticks: micros }) }],
  ],
  naesSkjeltorpSlope: [[naesSkjeltorpSlope({ levels: 3 }), { variant: naesSkjeltorpSlope({ levels: 2 }) }]],
  normalisedOfi: [
    [normalisedOfi({ ticks, levels: 3 }), { mirror: 'flips', variant: normalisedOfi({ ticks }) }],
    [normalisedOfi({ micros }), { mirror: 'flips', variant: normalisedOfi({ ticks: micros }) }],
  ],
  ofi: [[ofi(), { mirror: 'flips', variant: ofi({ levels: 2 }) }], [ofi({ levels: 5 }), { mirror: 'flips' }]],
  ofiByLevel: [[ofiByLevel({ levels: 4 }), { mirror: 'flips', variant: ofiByLevel({ levels: 3 }) }]],
  parkinsonVolatility: [
    [parkinsonVolatility({ ticks }), { variant: parkinsonVolatility({ ticks, measure: 'variance' }) }],
    [parkinsonVolatility({ micros, measure: 'variance' }), { variant: parkinsonVolatility({ ticks: micros, measure: 'variance' }) }],
  ],
  priceImpact: [
    [priceImpact({ ticks, horizon: { ticks: 5 } }), { mirror: 'keeps', variant: priceImpact({ ticks: 41, horizon: { ticks: 5 } }) }],
    [priceImpact({ micros, horizon: { ticks: 5 } }), { mirror: 'keeps', variant: priceImpact({ ticks: micros, horizon: { ticks: 5 } }) }],
    [priceImpact({ ticks, horizon: { micros } }), { mirror: 'keeps', variant: priceImpact({ ticks, horizon: { ticks: micros } }) }],
  ],
  queueAhead: (['exact', 'pessimistic', 'power', 'power2', 'power3', 'log'] as const).map((model) => [queueAhead({ model }), { mirror: swapped, variant: queueAhead({ model, exponent: 3 }) }]),
  queueImbalance: [[queueImbalance(), { mirror: 'flips' }]],
  queuePositionChange: [
    [queuePositionChange({ model: 'exact', ticks }), { mirror: swapped, variant: queuePositionChange({ model: 'log', ticks }) }],
    [queuePositionChange({ model: 'power', micros }), { mirror: swapped, variant: queuePositionChange({ model: 'power', exponent: 3, micros }) }],
  ],
  realizedKernelVolatility: [
    [realizedKernelVolatility({ bars: 6, ticks: 7, bandwidth: 2 }), { variant: realizedKernelVolatility({ bars: 6, ticks: 8, bandwidth: 2 }) }],
    [realizedKernelVolatility({ bars: 6, micros, bandwidth: 2 }), { variant: realizedKernelVolatility({ bars: 6, ticks: micros, bandwidth: 2 }) }],
  ],
  realizedSpread: [
    [realizedSpread({ ticks, horizon: { ticks: 5 } }), { mirror: 'keeps', variant: realizedSpread({ ticks: 41, horizon: { ticks: 5 } }) }],
    [realizedSpread({ micros, horizon: { ticks: 5 } }), { mirror: 'keeps', variant: realizedSpread({ ticks: micros, horizon: { ticks: 5 } }) }],
    [realizedSpread({ ticks, horizon: { micros } }), { mirror: 'keeps', variant: realizedSpread({ ticks, horizon: { ticks: micros } }) }],
  ],
  realizedVolatility: [
    [realizedVolatility({ ticks }), { variant: realizedVolatility({ ticks, measure: 'variance' }) }],
    [realizedVolatility({ micros, measure: 'variance' }), { variant: realizedVolatility({ ticks: micros, measure: 'variance' }) }],
  ],
  relativeSpread: [[relativeSpread(), {}]],
  rogersSatchellVolatility: [
    [rogersSatchellVolatility({ bars: 6, ticks: 7 }), { variant: rogersSatchellVolatility({ bars: 6, ticks: 8 }) }],
    [rogersSatchellVolatility({ bars: 6, micros }), { variant: rogersSatchellVolatility({ bars: 6, ticks: micros }) }],
  ],
  rollSpread: [
    [rollSpread({ ticks }), { mirror: 'keeps', variant: rollSpread({ ticks: 41 }) }],
    [rollSpread({ micros }), { mirror: 'keeps', variant: rollSpread({ ticks: micros }) }],
    [rollSpread({ ticks, mean: 'zero' }), { mirror: 'keeps', variant: rollSpread({ ticks }) }],
  ],
  rollingOfi: [
    [rollingOfi({ ticks, levels: 3 }), { mirror: 'flips', variant: rollingOfi({ ticks }) }],
    [rollingOfi({ micros }), { mirror: 'flips', variant: rollingOfi({ ticks: micros }) }],
  ],
  roundTripCost: [[roundTripCost({ lots: 60, levels: 5 }), { variant: roundTripCost({ lots: 60, levels: 4 }) }]],
  shrunkWeightedMid: [[shrunkWeightedMid(shrunk(0.25)), priced], [shrunkWeightedMid(shrunk(0.25)), { variant: shrunkWeightedMid(shrunk(0.5)) }]],
  sizeIncreaseImbalance: [[sizeIncreaseImbalance({ levels: 3 }), { mirror: 'flips', variant: sizeIncreaseImbalance() }]],
  spread: [[spread(), { mirror: 'keeps' }]],
  submissionsPerTrade: [
    [submissionsPerTrade({ ticks }), { mirror: 'keeps', variant: submissionsPerTrade({ ticks: 41 }) }],
    [submissionsPerTrade({ micros }), { mirror: 'keeps', variant: submissionsPerTrade({ ticks: micros }) }],
  ],
  sweepPrice: [
    [sweepPrice({ lots: 60, levels: 5 }), { streams: [pricedStream], mirror: ([buy, left, sell, rest], axis) => [axis * tickSize - sell!, rest!, axis * tickSize - buy!, left!] }],
    [sweepPrice({ lots: 60, levels: 5 }), { variant: sweepPrice({ lots: 60, levels: 4 }) }],
  ],
  topVolume: [[topVolume({ levels: 3 }), { mirror: swapped, variant: topVolume({ levels: 2 }) }]],
  tradeSign: [
    [tradeSign(), { mirror: 'flips', variant: tradeSign({ signing: 'tick-rule' }) }],
    [tradeSign({ signing: 'lee-ready' }), { mirror: 'flips' }],
    [tradeSign({ signing: 'tick-rule' }), { mirror: 'flips' }],
  ],
  tradeVwap: [
    [tradeVwap({ ticks }), { variant: tradeVwap({ ticks: 41 }) }],
    [tradeVwap({ micros }), { variant: tradeVwap({ ticks: micros }) }],
  ],
  tradedProfile: [
    [tradedProfile({ ticks }), { variant: tradedProfile({ ticks, share: 0.5 }) }],
    [tradedProfile({ micros, binTicks: 3 }), { variant: tradedProfile({ micros }) }],
  ],
  tradeFlow: [[tradeFlow(), { mirror: 'flips' }]],
  tradeFlowImbalance: [
    [tradeFlowImbalance({ ticks }), { mirror: 'flips', variant: tradeFlowImbalance({ ticks, normalised: true }) }],
    [tradeFlowImbalance({ micros, normalised: true }), { mirror: 'flips', variant: tradeFlowImbalance({ micros }) }],
  ],
  twoScaleVolatility: [
    [twoScaleVolatility({ bars: 6, ticks: 7, scale: 2 }), { variant: twoScaleVolatility({ bars: 6, ticks: 8, scale: 2 }) }],
    [twoScaleVolatility({ bars: 6, micros, scale: 2 }), { variant: twoScaleVolatility({ bars: 6, ticks: micros, scale: 2 }) }],
  ],
  vpin: [
    [vpin({ bucketLots: 60, buckets: 4, ticks: 7, sigmaTicks: 2 }), { mirror: 'keeps', variant: vpin({ bucketLots: 60, buckets: 4, ticks: 7, sigmaTicks: 3 }) }],
    [vpin({ bucketLots: 60, buckets: 4, ticks: 7, sigmaTicks: 2, studentDegrees: 0.25 }), { mirror: 'keeps', variant: vpin({ bucketLots: 60, buckets: 4, ticks: 7, sigmaTicks: 2, studentDegrees: 3 }) }],
    [vpin({ bucketLots: 60, buckets: 4, micros, sigmaTicks: 2 }), { mirror: 'keeps', variant: vpin({ bucketLots: 60, buckets: 4, ticks: micros, sigmaTicks: 2 }) }],
  ],
  vpinExact: [[vpinExact({ bucketLots: 60, buckets: 4 }), { mirror: 'keeps', variant: vpinExact({ bucketLots: 60, buckets: 5 }) }]],
  weightedMid: [[weightedMid(), priced], [weightedMid(), {}]],
  yangZhangVolatility: [
    [yangZhangVolatility({ bars: 6, ticks: 7 }), { variant: yangZhangVolatility({ bars: 6, ticks: 8 }) }],
    [yangZhangVolatility({ bars: 6, micros }), { variant: yangZhangVolatility({ bars: 6, ticks: micros }) }],
  ],
})

export const featureCases: ReturnType<typeof makeFeatureCases> = makeFeatureCases()
