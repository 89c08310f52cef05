import type { InputSpec, StatefulPredictor } from '@rxlob/core'
import { moveOutput } from '../recording-learner.js'

/** Carries how many rows it has seen since `init` and the sum of their first column, and says both; `init` must have come first. */
export function countingPredictor(input: InputSpec, later: <T>(answer: () => T) => T | Promise<T> = (answer) => answer()): StatefulPredictor {
  const states = new Map<string, { rows: number; sum: number }>()
  let running = false
  return {
    contract: 1, name: 'counting', input, output: moveOutput,
    init: (instrument) => void states.set(instrument, { rows: 0, sum: 0 }),
    step(instrument, row) {
      const state = states.get(instrument)!
      if (running) throw new Error('a step began before the last one had ended')
      running = true
      return later(() => {
        running = false
        state.rows++
        state.sum += row[0]!
        return Float32Array.of(state.rows, state.sum)
      })
    },
    predict: () => {
      throw new Error('it is stepped')
    },
  }
}
