import type { Feature } from '@rxlob/core'
import type { Library } from '../runner/library.ts'

/** One of every feature that takes no fitted parameters, as deep as it is commonly used; windows of ten seconds, bars of one. */
export function everyFeature({ core }: Library): Feature[] {
  const micros = 10_000_000
  const bars = { bars: 60, micros: 1_000_000 }
  const horizon = { micros: 1_000_000 }
  return [
    core.amihudIlliquidity(bars), core.arrivalRates({ micros }), core.bipowerVolatility(bars), core.bookSlope({ levels: 10 }), core.bookVwap({ levels: 10 }),
    core.cancelShareOfRemovals({ micros }), core.cancellationRatio({ micros }), core.closeToCloseVolatility(bars), core.decayingLevelRates({ distances: 5, tauMicros: micros }),
    core.depthImbalance({ levels: 10 }), core.depthImbalance({ levels: 10, weights: 'harmonic' }), core.depthProfile({ bins: 5, levels: 10 }), core.depthWithin({ basisPoints: 20, levels: 10 }),
    core.effectiveSpread({ micros }), core.garmanKlassVolatility(bars), core.kyleLambda(bars), core.levelRates({ micros: 5_000_000, distances: 5 }),
    core.liquidityConcentration({ levels: 10 }), core.liquidityEntropy({ levels: 10 }), core.logOfi({ levels: 10 }), core.midPrice(), core.midReturn({ micros }),
    core.naesSkjeltorpSlope({ levels: 10 }), core.normalisedOfi({ micros, levels: 5 }), core.ofi({ levels: 5 }), core.ofiByLevel({ levels: 10 }), core.parkinsonVolatility({ micros }),
    core.priceImpact({ micros, horizon }), core.queueAhead({ model: 'exact' }), core.queueImbalance(), core.queuePositionChange({ model: 'exact', micros }),
    core.realizedKernelVolatility({ ...bars, bandwidth: 5 }), core.realizedSpread({ micros, horizon }), core.realizedVolatility({ micros }), core.relativeSpread(),
    core.rogersSatchellVolatility(bars), core.rollSpread({ micros }), core.rollingOfi({ micros, levels: 5 }), core.sizeIncreaseImbalance({ levels: 5 }), core.spread(),
    core.topVolume({ levels: 10 }), core.tradeFlow(), core.tradeFlowImbalance({ micros }), core.weightedMid(), core.yangZhangVolatility(bars),
  ]
}
