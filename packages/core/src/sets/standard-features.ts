import type { Feature } from '../contracts/feature.js'
import { bookVwap } from '../features/book-vwap.js'
import { cancelShareOfRemovals } from '../features/cancel-share-of-removals.js'
import { cancellationRatio } from '../features/cancellation-ratio.js'
import { depthImbalance } from '../features/depth-imbalance.js'
import { liquidityConcentration } from '../features/liquidity-concentration.js'
import { logOfi } from '../features/log-ofi.js'
import { midPrice } from '../features/mid-price.js'
import { midReturn } from '../features/mid-return.js'
import { normalisedOfi } from '../features/normalised-ofi.js'
import { ofi } from '../features/ofi.js'
import { parkinsonVolatility } from '../features/parkinson-volatility.js'
import { queueImbalance } from '../features/queue-imbalance.js'
import { realizedVolatility } from '../features/realized-volatility.js'
import { relativeSpread } from '../features/relative-spread.js'
import { rollingOfi } from '../features/rolling-ofi.js'
import { spread } from '../features/spread.js'
import { topVolume } from '../features/top-volume.js'
import { tradeFlowImbalance } from '../features/trade-flow-imbalance.js'
import { weightedMid } from '../features/weighted-mid.js'

/**
 * The standard set, version 1: 32 columns of order flow, fair value, spread, depth, concentration, imbalance, queue dynamics and volatility.
 *
 * It reads ten levels a side and needs no fit; add `microPrice(fit)` and `integratedOfi(fit)` where there is one. Names, order and formulas stay as they are: a set
 * with others gets another version. Each column is documented at its feature; units are in the columns.
 *
 * @example
 * features(standardFeatures()) // columns ofi_1, rolling_ofi_1_100, ...
 */
export function standardFeatures(): readonly Feature[] {
  const [second, minute] = [1_000_000, 60_000_000]
  return [
    ofi(),
    rollingOfi({ ticks: 100 }),
    rollingOfi({ levels: 10, ticks: 100 }),
    rollingOfi({ levels: 10, micros: 10 * second }),
    normalisedOfi({ levels: 10, ticks: 100 }),
    logOfi({ levels: 10 }),
    midPrice(),
    weightedMid(),
    midReturn({ ticks: 100 }),
    midReturn({ micros: 10 * second }),
    spread(),
    relativeSpread(),
    topVolume({ levels: 1 }),
    topVolume({ levels: 10 }),
    bookVwap({ levels: 10 }),
    liquidityConcentration({ levels: 10 }),
    queueImbalance(),
    depthImbalance({ levels: 5 }),
    depthImbalance({ levels: 10, weights: 'harmonic' }),
    cancellationRatio({ ticks: 1000 }),
    cancelShareOfRemovals({ ticks: 1000 }),
    tradeFlowImbalance({ micros: 10 * second, normalised: true }),
    realizedVolatility({ ticks: 100 }),
    parkinsonVolatility({ micros: minute }),
  ]
}
