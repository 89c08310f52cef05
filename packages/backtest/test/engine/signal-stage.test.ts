import { simulator } from '@rxlob/adapters-simulator'
import { features, inputOf, ofi, predict, queueImbalance, type Prediction, type StatefulPredictor } from '@rxlob/core'
import { expect, it } from 'vitest'
import { backtest, constantLatency, followSignal, noCost } from '../../src/index.js'

const list = [queueImbalance(), ofi()]

/** Carries the running mean of its first column and the number of rows since `init`. */
function runningMean(later: boolean): StatefulPredictor {
  const states = new Map<string, { rows: number; sum: number }>()
  const predictor: StatefulPredictor = {
    contract: 1, name: 'running_mean', input: inputOf(list, { length: 3 }), output: { kind: 'value', unit: 'ticks', horizon: { rows: 1 } },
    init: (instrument) => void states.set(instrument, { rows: 0, sum: 0 }),
    step(instrument, row) {
      const state = states.get(instrument)!
      state.rows++
      state.sum += row[0]!
      const answer = Float32Array.of(state.sum / state.rows, state.rows)
      return later ? Promise.resolve(answer) : answer
    },
    predict: () => {
      throw new Error('it is stepped')
    },
  }
  return predictor
}

it.each([['at once', false], ['later', true]])('a predictor that carries its state and answers %s foretells in a backtest what it does in the stream', async (_, later) => {
  const source = simulator({ seed: 3, durationMicros: 20e6 })
  const live: Prediction[] = []
  await new Promise<void>((resolve, reject) => {
    source.events().pipe(features(list), predict(runningMean(false))).subscribe({ next: (one) => live.push(one), error: reject, complete: resolve })
  })
  const tested: Prediction[] = []
  await backtest({
    source, features: list, predictor: runningMean(later), strategy: followSignal({ lots: 1 }), latency: constantLatency({ micros: 0 }), cost: noCost(),
    signal(prediction) {
      tested.push(prediction)
      return { instrument: prediction.instrument, tsLocal: prediction.tsLocal, direction: 0, strength: 0 }
    },
  })
  expect(live.length).toBeGreaterThan(100)
  expect(tested).toEqual(live)
})
