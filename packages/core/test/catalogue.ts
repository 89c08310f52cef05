import {
  arrivalRates, bookSlope, bookVwap, cancellationRatio, depthImbalance, depthProfile, depthWithin, fitMoveThreshold, integratedOfi, liquidityConcentration,
  liquidityEntropy, logOfi, microPrice, midMove, midPrice, midReturn, naesSkjeltorpSlope, normalisedOfi, ofi, ofiByLevel, parkinsonVolatility,
  queueImbalance, realizedVolatility, relativeSpread, rollingOfi, roundTripCost, shrunkWeightedMid, sizeIncreaseImbalance, smoothedMove, spread,
  sweepPrice, topVolume, tradedProfile, tradeFlow, tradeFlowImbalance, weightedMid,
  type Feature, type Fitted, type IntegratedOfiParameters, type Labeler,
} from '@rxlob/core'

const ticks = 40
const micros = 2_000_000

const fitted = <Parameters>(parameters: Parameters): Fitted<Parameters> => ({ parameters, instrument: 'made:TEST0', from: 0, to: 1, rows: 100 })
const fit = (weights: readonly number[], scaling: IntegratedOfiParameters['scaling']): Fitted<IntegratedOfiParameters> => fitted({ weights, explained: 0.8, scaling })

/** Every exported feature in its options, by the name of its factory. No two have a column in common; none reads deeper than ten levels. */
export const catalogue: Readonly<Record<string, readonly Feature[]>> = {
  arrivalRates: [arrivalRates({ ticks }), arrivalRates({ micros })],
  bookSlope: [bookSlope({ levels: 3 }), bookSlope({ levels: 10 })],
  bookVwap: [bookVwap({ levels: 3 }), bookVwap({ levels: 10 })],
  cancellationRatio: [cancellationRatio({ ticks }), cancellationRatio({ micros })],
  depthImbalance: [depthImbalance({ levels: 3 }), depthImbalance({ levels: 4, weights: 'harmonic' }), depthImbalance({ levels: 10, weights: 'exponential', decay: 2 })],
  depthProfile: [depthProfile({ bins: 3, levels: 4 }), depthProfile({ bins: 5, binTicks: 3, levels: 10 })],
  depthWithin: [depthWithin({ basisPoints: 2, levels: 4 }), depthWithin({ basisPoints: 5, levels: 10 })],
  integratedOfi: [integratedOfi(fit([0.5, 0.3, 0.2], 'none')), integratedOfi(fit([0.6, 0.4], 'depth'), { ticks }), integratedOfi(fit([0.4, 0.3, 0.2, 0.1], 'depth'), { micros })],
  liquidityConcentration: [liquidityConcentration({ levels: 3 }), liquidityConcentration({ levels: 10 })],
  liquidityEntropy: [liquidityEntropy({ levels: 3 }), liquidityEntropy({ levels: 10 })],
  logOfi: [logOfi(), logOfi({ levels: 4 }), logOfi({ levels: 10 })],
  microPrice: [microPrice(fitted({ edges: [-0.4, 0, 0.4], spreads: 2, adjustments: [-1, -0.5, 0.5, 1, -2, -0.5, 0.5, 2], unvisited: 0 }))],
  midPrice: [midPrice()],
  midReturn: [midReturn({ ticks }), midReturn({ micros })],
  naesSkjeltorpSlope: [naesSkjeltorpSlope({ levels: 3 }), naesSkjeltorpSlope({ levels: 10 })],
  normalisedOfi: [normalisedOfi({ ticks, levels: 3 }), normalisedOfi({ micros })],
  ofi: [ofi(), ofi({ levels: 4 }), ofi({ levels: 10 })],
  ofiByLevel: [ofiByLevel({ levels: 4 })],
  parkinsonVolatility: [parkinsonVolatility({ ticks }), parkinsonVolatility({ micros, measure: 'variance' })],
  queueImbalance: [queueImbalance()],
  realizedVolatility: [realizedVolatility({ ticks }), realizedVolatility({ micros, measure: 'variance' })],
  relativeSpread: [relativeSpread()],
  rollingOfi: [rollingOfi({ ticks }), rollingOfi({ micros, levels: 4 })],
  roundTripCost: [roundTripCost({ lots: 60, levels: 4 }), roundTripCost({ lots: 500, levels: 10 })],
  shrunkWeightedMid: [shrunkWeightedMid(fitted({ share: 0.25 }))],
  sizeIncreaseImbalance: [sizeIncreaseImbalance(), sizeIncreaseImbalance({ levels: 4 })],
  spread: [spread()],
  sweepPrice: [sweepPrice({ lots: 60, levels: 4 }), sweepPrice({ lots: 500, levels: 10 })],
  topVolume: [topVolume({ levels: 3 }), topVolume({ levels: 10 })],
  tradedProfile: [tradedProfile({ ticks }), tradedProfile({ micros, binTicks: 3, share: 0.5 })],
  tradeFlow: [tradeFlow()],
  tradeFlowImbalance: [tradeFlowImbalance({ ticks }), tradeFlowImbalance({ micros, normalised: true })],
  weightedMid: [weightedMid()],
}

/** The features that a source with so many levels can give. */
export const featuresWithin = (levels: number): Feature[] => Object.values(catalogue).flat().filter(({ depth }) => depth <= levels)

/** Every exported labeler in its options, by the name of its factory. */
export const labelers: Readonly<Record<string, readonly Labeler[]>> = {
  midMove: [
    midMove({ rows: 1 }),
    midMove({ rows: 17, kind: 'value' }),
    midMove({ rows: 5, thresholdTicks: fitMoveThreshold([0.5, -1, 2], { unit: 'ticks', instrument: 'made:TEST0', from: 0, to: 1 }) }),
  ],
  smoothedMove: [smoothedMove({ method: 'L1', rows: 10 }), smoothedMove({ method: 'L2', rows: 10, kind: 'value' }), smoothedMove({ method: 'L3', rows: 20, smoothingRows: 5, threshold: 0.0001 })],
}
