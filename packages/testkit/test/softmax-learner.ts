import { LobError, type FeatureWindow, type InputSpec, type OnlineLearner } from '@rxlob/core'

const input: InputSpec = { columns: ['a', 'b'], fingerprints: ['a', 'b'], sampler: 'every_event', length: 3 }

/** Softmax regression by stochastic gradient: the plainest learner that keeps the contract. */
export function softmaxLearner(over: Partial<OnlineLearner> = {}): OnlineLearner {
  const inputs = input.length * input.columns.length
  let weights = [0, 1, 2].map(() => Array<number>(inputs).fill(0))
  const check = ({ data, shape }: FeatureWindow): void => {
    if (shape[0] !== input.length || shape[1] !== input.columns.length || data.length !== inputs) throw new LobError('LOB_COLUMN_MISMATCH', `Expected 3 rows of 2 columns, got ${shape.join(' of ')}.`)
  }
  const probabilities = (window: FeatureWindow): number[] => {
    check(window)
    const scores = weights.map((row) => Math.exp(row.reduce((sum, weight, at) => sum + weight * window.data[at]!, 0)))
    const total = scores.reduce((sum, score) => sum + score, 0)
    return scores.map((score) => score / total)
  }
  return {
    contract: 1,
    name: 'softmax',
    input,
    output: { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 10 } },
    predict: (window) => Float32Array.from(probabilities(window)),
    learn(window, target) {
      if (target !== 0 && target !== 1 && target !== 2) throw new LobError('LOB_BAD_OPTION', `Expected class 0, 1 or 2, got ${target}.`)
      const guess = probabilities(window)
      weights = weights.map((row, one) => row.map((weight, at) => weight + 0.05 * ((one === target ? 1 : 0) - guess[one]!) * window.data[at]!))
    },
    save: () => ({ weights: weights.map((row) => [...row]) }),
    load(state) {
      const rows = (state as { weights?: number[][] } | undefined)?.weights
      if (rows?.length !== 3) throw new LobError('LOB_MODEL', 'Expected the state that save() gave.')
      weights = rows.map((row) => [...row])
    },
    ...over,
  }
}
