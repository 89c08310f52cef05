import { signal, thresholdSignal, type Prediction } from '@rxlob/core'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { operatorSuite } from './operator-suite.js'

const predictionOf = (row: number, up: number): Prediction => ({
  kind: 'prediction', instrument: 'test:ABC', row, tsLocal: row * 10, output: { kind: 'classes', classes: ['down', 'up'], horizon: { rows: 1 } }, values: Float32Array.of(1 - up, up),
})

describe('signal', () => {
  operatorSuite({
    operator: () => signal(thresholdSignal({ minProbability: 0.75 })),
    inputs: () => [predictionOf(1, 0.75), predictionOf(2, 0.5), predictionOf(3, 0.25)],
    outputs: [
      { instrument: 'test:ABC', tsLocal: 10, direction: 1, strength: 0.75 },
      { instrument: 'test:ABC', tsLocal: 20, direction: 0, strength: 0 },
      { instrument: 'test:ABC', tsLocal: 30, direction: -1, strength: 0.75 },
    ],
  })

  it('ends with what its rule throws', () => {
    const failure = new Error('no rule')
    const errors: unknown[] = []
    from([predictionOf(1, 1)]).pipe(signal(() => { throw failure })).subscribe({ error: (error) => errors.push(error) })
    expect(errors).toEqual([failure])
  })
})
