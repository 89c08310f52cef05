import {
  amihudIlliquidity, arrivalRates, bipowerVolatility, bookLevels, bookSlope, bookVwap, cancelShareOfRemovals, cancellationRatio, closeToCloseVolatility, decayingLevelRates, depthImbalance,
  depthProfile, depthWithin, effectiveSpread, garmanKlassVolatility, hawkesIntensity, integratedOfi, kyleLambda, levelRates, liquidityConcentration, liquidityEntropy, logOfi,
  microPrice, midPrice, midReturn, naesSkjeltorpSlope, normalisedOfi, ofi, ofiByLevel, parkinsonVolatility, priceImpact, queueAhead, queueImbalance, queuePositionChange, realizedKernelVolatility,
  realizedSpread, realizedVolatility, relativeSpread, rogersSatchellVolatility, rollSpread, rollingOfi, rollingScore, roundTripCost, shrunkWeightedMid, sizeIncreaseImbalance,
  spread, submissionsPerTrade, sweepPrice, topVolume, tradeFlow, tradeFlowImbalance, tradeSign, tradeVwap, tradedProfile, twoScaleVolatility, vpin, vpinExact, weightedMid,
  yangZhangVolatility, type Feature,
} from '@rxlob/core'

const data = { instrument: 'lobster:GOOG', from: 0, to: 1, rows: 1 } as const
const second = 1_000_000

/** What is compared with the reference: every feature that a LOBSTER day can show, by rows and by time. */
export function catalogue(levels: number): readonly Feature[] {
  const bars = [{ bars: 20, micros: second }, { bars: 20, ticks: 7 }] as const
  const measure = 'variance' as const
  const minute = { micros: 60 * second }
  return [
    bookLevels({ levels }), midPrice(), weightedMid(), shrunkWeightedMid({ parameters: { share: 0.12 }, ...data }), queueImbalance(),
    microPrice({ parameters: { edges: [-0.4, 0, 0.4], spreads: 2, adjustments: [-1, -0.5, 0.5, 1, -2, -0.75, 0.75, 2], unvisited: 0 }, ...data }),
    spread(), relativeSpread(), topVolume({ levels: 1 }), topVolume({ levels }), bookVwap({ levels }), sweepPrice({ lots: 500, levels }), roundTripCost({ lots: 500, levels }),
    bookSlope({ levels }), naesSkjeltorpSlope({ levels }), depthWithin({ basisPoints: 5, levels }), liquidityConcentration({ levels }), liquidityEntropy({ levels }),
    depthProfile({ bins: 3, binTicks: 10, levels }), depthImbalance({ levels }), depthImbalance({ levels, weights: 'harmonic' }), depthImbalance({ levels, weights: 'exponential' }),
    depthImbalance({ levels, weights: 'distance', decay: 0.05 }),
    ofiByLevel({ levels }), ofi(), ofi({ levels }), logOfi({ levels }), sizeIncreaseImbalance({ levels }), rollingOfi({ ticks: 100 }), rollingOfi({ levels, micros: 10 * second }),
    normalisedOfi({ levels, ticks: 100 }),
    integratedOfi({ parameters: { weights: Array.from({ length: levels }, (_, m) => 0.5 ** (m + 1)), explained: 1, scaling: 'none' }, ...data }, { micros: 10 * second }),
    midReturn({ ticks: 100 }), midReturn({ micros: 10 * second }), realizedVolatility({ ticks: 100 }), realizedVolatility({ micros: 10 * second }),
    parkinsonVolatility({ ticks: 100 }), parkinsonVolatility({ ...minute, measure }),
    ...bars.flatMap((span) => [
      garmanKlassVolatility({ ...span, measure }), rogersSatchellVolatility({ ...span, measure }), yangZhangVolatility({ ...span, measure }), closeToCloseVolatility({ ...span, measure }),
      bipowerVolatility({ ...span, measure }), twoScaleVolatility({ ...span, scale: 3, measure }), realizedKernelVolatility({ ...span, bandwidth: 4, measure }),
    ]),
    tradeFlow(), tradeFlowImbalance({ ticks: 100 }), tradeFlowImbalance({ micros: 10 * second, normalised: true }), tradeSign(), tradeSign({ signing: 'tick-rule' }), tradeSign({ signing: 'lee-ready' }),
    effectiveSpread(minute), realizedSpread({ horizon: { micros: 5 * second }, ...minute }), realizedSpread({ horizon: { ticks: 20 }, ticks: 1000 }),
    priceImpact({ horizon: { micros: 5 * second }, ...minute }), priceImpact({ horizon: { ticks: 20 }, ticks: 1000 }), tradeVwap(minute), tradedProfile({ ticks: 1000 }),
    rollSpread({ ticks: 1000 }), kyleLambda({ bars: 20, micros: second }), amihudIlliquidity({ bars: 20, micros: second }), vpinExact({ bucketLots: 500, buckets: 10 }),
    vpin({ bucketLots: 500, buckets: 10, micros: second, sigmaTicks: 5 }), vpin({ bucketLots: 500, buckets: 10, ticks: 50, sigmaTicks: 5, studentDegrees: 0.25 }),
    cancellationRatio({ ticks: 1000 }), cancelShareOfRemovals({ ticks: 1000 }), submissionsPerTrade({ ticks: 1000 }), withoutMarket(levelRates({ distances: 20, ...minute })), arrivalRates(minute),
    decayingLevelRates({ distances: 5, tauMicros: 10 * second }),
    queueAhead({ model: 'pessimistic' }), queuePositionChange({ model: 'pessimistic', micros: 10 * second }), queuePositionChange({ model: 'pessimistic', ticks: 1000 }),
    hawkesIntensity({ parameters: { mu: [0.3, 0.2], alpha: [[0.8, 0.1], [0.4, 0.5]], beta: 2, logLikelihood: 0, branchingRatio: 0.5 }, ...data }),
    rollingScore(spread(), { ticks: 200 }),
  ]
}

/** The two columns that `arrivalRates` has too come last. */
function withoutMarket(feature: Feature): Feature {
  const columns = feature.columns.slice(0, -2)
  const all = new Float64Array(feature.columns.length)
  return {
    ...feature,
    columns,
    step(state, tick, out, at) {
      feature.step(state, tick, all, 0)
      out.set(all.subarray(0, columns.length), at)
    },
  }
}
