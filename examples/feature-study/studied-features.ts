import {
  amihudIlliquidity, arrivalRates, bipowerVolatility, bookSlope, closeToCloseVolatility, decayingLevelRates, depthImbalance, depthProfile, depthWithin, effectiveSpread, garmanKlassVolatility, kyleLambda, liquidityEntropy,
  midReturn, naesSkjeltorpSlope, normalisedOfi, ofi, ofiByLevel, priceImpact, queueAhead, queuePositionChange, realizedKernelVolatility, realizedSpread, realizedVolatility, rogersSatchellVolatility, rollSpread, rollingOfi, roundTripCost,
  sizeIncreaseImbalance, standardFeatures, submissionsPerTrade, sweepPrice, tradeFlowImbalance, tradeVwap, tradedProfile, twoScaleVolatility, vpinExact, yangZhangVolatility, type Feature,
} from '@rxlob/core'

const second = 1_000_000
const minute = { micros: 60 * second }
const bars = { bars: 30, micros: second } as const

/** The standard set and every other feature that needs no fit, ten levels deep, over windows of ten seconds and a minute. */
export const studiedFeatures = (): readonly Feature[] => [
  ...standardFeatures(),
  ofi({ levels: 10 }), ofiByLevel({ levels: 3 }), sizeIncreaseImbalance(), rollingOfi({ micros: second }), rollingOfi(minute), normalisedOfi({ levels: 10, micros: 10 * second }),
  depthImbalance({ levels: 10 }), depthImbalance({ levels: 10, weights: 'exponential' }), depthImbalance({ levels: 10, weights: 'distance' }), depthWithin({ basisPoints: 1, levels: 10 }),
  depthProfile({ bins: 2, binTicks: 5, levels: 10 }), bookSlope({ levels: 10 }), naesSkjeltorpSlope({ levels: 10 }), liquidityEntropy({ levels: 10 }), roundTripCost({ lots: 500, levels: 10 }), sweepPrice({ lots: 500, levels: 10 }),
  tradeFlowImbalance({ micros: 10 * second }), tradeFlowImbalance(minute), tradeVwap(minute), tradedProfile(minute), midReturn({ micros: second }), midReturn(minute),
  effectiveSpread(minute), realizedSpread({ horizon: { micros: 5 * second }, ...minute }), priceImpact({ horizon: { micros: 5 * second }, ...minute }), rollSpread(minute), kyleLambda(bars), amihudIlliquidity(bars),
  vpinExact({ bucketLots: 500, buckets: 20 }), submissionsPerTrade(minute), arrivalRates({ micros: 10 * second }), decayingLevelRates({ distances: 1, tauMicros: 10 * second }),
  queueAhead({ model: 'pessimistic' }), queuePositionChange({ model: 'pessimistic', micros: 10 * second }),
  realizedVolatility(minute), closeToCloseVolatility(bars), bipowerVolatility(bars), twoScaleVolatility({ ...bars, scale: 5 }), realizedKernelVolatility({ ...bars, bandwidth: 4 }),
  garmanKlassVolatility(bars), rogersSatchellVolatility(bars), yangZhangVolatility(bars),
]
