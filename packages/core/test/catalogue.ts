import {
  arrivalRates, cancellationRatio, depthImbalance, fitMoveThreshold, integratedOfi, logOfi, midMove, midPrice, ofi, ofiByLevel, parkinsonVolatility, queueImbalance,
  realizedVolatility, rollingOfi, sizeIncreaseImbalance, smoothedMove, spread, topVolume, tradeFlow, tradeFlowImbalance, weightedMid,
  type Feature, type Fitted, type IntegratedOfiParameters, type Labeler,
} from '@rxlob/core'

const ticks = 40
const micros = 2_000_000

const fit = (weights: readonly number[], scaling: IntegratedOfiParameters['scaling']): Fitted<IntegratedOfiParameters> => ({
  parameters: { weights, explained: 0.8, scaling }, instrument: 'made:TEST0', from: 0, to: 1, rows: 100,
})

/** Every exported feature in its options, by the name of its factory. No two have a column in common; none reads deeper than ten levels. */
export const catalogue: Readonly<Record<string, readonly Feature[]>> = {
  arrivalRates: [arrivalRates({ ticks }), arrivalRates({ micros })],
  cancellationRatio: [cancellationRatio({ ticks }), cancellationRatio({ micros })],
  depthImbalance: [depthImbalance({ levels: 3 }), depthImbalance({ levels: 4, weights: 'harmonic' }), depthImbalance({ levels: 10, weights: 'exponential', decay: 2 })],
  integratedOfi: [integratedOfi(fit([0.5, 0.3, 0.2], 'none')), integratedOfi(fit([0.6, 0.4], 'depth'), { ticks }), integratedOfi(fit([0.4, 0.3, 0.2, 0.1], 'depth'), { micros })],
  logOfi: [logOfi(), logOfi({ levels: 4 }), logOfi({ levels: 10 })],
  midPrice: [midPrice()],
  ofi: [ofi(), ofi({ levels: 4 }), ofi({ levels: 10 })],
  ofiByLevel: [ofiByLevel({ levels: 4 })],
  parkinsonVolatility: [parkinsonVolatility({ ticks }), parkinsonVolatility({ micros, measure: 'variance' })],
  queueImbalance: [queueImbalance()],
  realizedVolatility: [realizedVolatility({ ticks }), realizedVolatility({ micros, measure: 'variance' })],
  rollingOfi: [rollingOfi({ ticks }), rollingOfi({ micros, levels: 4 })],
  sizeIncreaseImbalance: [sizeIncreaseImbalance(), sizeIncreaseImbalance({ levels: 4 })],
  spread: [spread()],
  topVolume: [topVolume({ levels: 3 }), topVolume({ levels: 10 })],
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
