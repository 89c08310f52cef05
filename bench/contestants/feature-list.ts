import type { Feature } from '@rxlob/core'
import type { Library } from '../runner/library.ts'

/** Thirty-two columns; `c/replay.c` and `python/replay.py` compute the same ones in the same order. */
export function featureList({ core }: Library): Feature[] {
  const micros = 10_000_000
  return [
    core.midPrice(), core.spread(), core.weightedMid(), core.queueImbalance(),
    core.depthImbalance({ levels: 5 }), core.depthImbalance({ levels: 10 }), core.depthImbalance({ levels: 10, weights: 'harmonic' }),
    core.bookVwap({ levels: 10 }), core.liquidityConcentration({ levels: 10 }),
    core.topVolume({ levels: 5 }), core.topVolume({ levels: 10 }),
    core.ofiByLevel({ levels: 10 }),
    core.rollingOfi({ levels: 1, micros }), core.rollingOfi({ levels: 5, micros }),
    core.tradeFlow(), core.realizedVolatility({ micros }),
  ]
}

export const columnCount = 32
