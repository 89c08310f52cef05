import { describe, expect, it } from 'vitest'
import { signRule } from '../../src/index.js'
import { frameOf } from '../made-frame.js'
import { callsOf, drive } from './drive.js'

describe('signRule', () => {
  const sizes = [0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.15, -0.35, 0.45, 0.05]
  // Settled by row 6 (horizon 1): rows 0 to 5, two of them flat.
  const frame = frameOf({}, [1, 0, 2, 1, 2, 0, 2, 0, 2, NaN], 1)
  const rule = signRule({ name: 'made', signal: () => Float64Array.from(sizes), deadZone: 'trained' })

  it('calls flat as often as the training rows were', () => {
    const calls = callsOf(rule, frame, 6)
    // Third smallest of six sizes is 0.3; two flat rows make the threshold 0.2.
    expect(calls.slice(6)).toEqual([1, 0, 2, 1])
    expect(calls.slice(0, 6)).toEqual([2, 0, 2, 0, 2, 0])
  })

  it('counts the training outcomes again under the calls it would have made', () => {
    // Calls of rows 0 to 5 under 0.2: flat flat up down up down; outcomes 1 0 2 1 2 0.
    expect(drive(rule, frame, 6)[6]!.probabilities).toEqual([2 / 5, 2 / 5, 1 / 5])
    expect(drive(rule, frame, 6)[7]!.probabilities).toEqual([2 / 5, 2 / 5, 1 / 5])
  })

  it('has no dead zone where nothing was flat or nothing had settled', () => {
    expect(callsOf(rule, frameOf({}, [0, 0, 2, 0, 2, 0, 2, 0, 2, NaN], 1), 6).slice(6)).toEqual([2, 0, 2, 2])
    expect(callsOf(rule, frame, 0)).toEqual([2, 0, 2, 0, 2, 0, 2, 0, 2, 2])
  })

  it('refuses a signal that misses rows', () => {
    expect(() => callsOf(signRule({ name: 'short', signal: () => new Float64Array(3) }), frame)).toThrow('short: expected a signal of 10 rows, got 3')
  })
})
