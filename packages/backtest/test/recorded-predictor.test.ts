import { everyEvent, inputOf, queueImbalance, type Strategy } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { backtest, constantLatency, noCost, recordedPredictor } from '../src/index.js'
import { eventSource } from './event-source.js'
import { randomWalk } from './random-walk.js'

const features = [queueImbalance()]
const sample = everyEvent()
const input = inputOf(features, { length: 1, sample })
const output = { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 1 } } as const

describe('a record of predictions', () => {
  it('is said again at its rows; the others are counted as missing and make no view', async () => {
    const predictor = recordedPredictor({ name: 'record', input, output, rows: [2, 5], values: [0.1, 0.2, 0.7, 0.8, 0.1, 0.1] })
    const seen: string[] = []
    const strategy: Strategy = { name: 'listener', init: () => undefined, onSignal: (_, { direction, strength }) => void seen.push(`${direction} ${strength}`) }
    const { counts } = await backtest({
      source: eventSource(randomWalk(1, 8), 'l2'), features, sample, predictor, strategy, latency: constantLatency({ micros: 0 }), cost: noCost(),
      signal: ({ instrument, tsLocal, values: [down, , up] }) => ({ instrument, tsLocal, direction: up! > 0.5 ? 1 : down! > 0.5 ? -1 : 0, strength: Number.isNaN(up!) ? 0 : 1 }),
    })
    expect(seen).toEqual(['0 0', '0 0', '1 1', '0 0', '0 0', '-1 1', '0 0', '0 0'])
    expect(counts.predictions).toBe(8)
    expect(counts.missingPredictions).toBe(6)
  })

  it('is refused where it does not fit', () => {
    expect(() => recordedPredictor({ name: 'record', input, output, rows: [1, 1], values: [1, 0, 0, 1, 0, 0] })).toThrow(/rise/)
    expect(() => recordedPredictor({ name: 'record', input, output, rows: [1], values: [1, 0] })).toThrow(/3 values a row/)
  })
})
