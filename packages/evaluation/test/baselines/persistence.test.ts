import { describe, expect, it } from 'vitest'
import { persistence } from '../../src/index.js'
import { frameOf, normalSource } from '../made-frame.js'
import { callsOf } from './drive.js'

describe('persistence', () => {
  it('calls the sign of the mid against its past mean', () => {
    const mids = [10, 12, 11, 11, 9, 9, 9]
    // Means of 3 from row 2: 11, 11.33, 10.33, 9.67, 9.
    expect(callsOf(persistence({ rows: 3 }), frameOf({ mid_price: mids }, mids.map(() => NaN), 1))).toEqual([-1, -1, 1, 0, 0, 0, 1])
    expect(persistence({ rows: 3 }).name).toBe('persistence_3')
  })

  // Canary (e): labels that compare a future mean with a past one are partly visible on a pure random walk.
  it.each([[10, 0.559, 0.005], [20, 0.574, 0.005], [50, 0.583, 0.01]])('scores as the theory says on a Gaussian random walk, k = %d', (k, expected, tolerance) => {
    const rows = 400_000
    const normal = normalSource(k)
    let mid = 1e6
    const mids = Float64Array.from({ length: rows }, () => (mid += normal()))
    const past = new Float64Array(rows).fill(NaN)
    for (let row = k - 1, sum = mids.slice(0, k).reduce((total, x) => total + x - 1e6, 0); row < rows; row++) {
      if (row >= k) sum += mids[row]! - mids[row - k]!
      past[row] = sum / k
    }
    const moves = past.map((mean, row) => (row + k < rows ? past[row + k]! - mean : NaN))
    const sizes = moves.filter((move) => !Number.isNaN(move)).map(Math.abs).sort()
    const threshold = sizes[Math.floor(sizes.length / 3)]!
    const targets = moves.map((move) => (Number.isNaN(move) ? NaN : move > threshold ? 2 : move < -threshold ? 0 : 1))
    const frame = frameOf({ mid_price: mids }, targets, k)

    const run = persistence({ rows: k }).start(frame, 3)
    const out = new Float64Array(3)
    let [right, scored] = [0, 0]
    for (let row = 0; row < rows - k; row++) {
      if (row >= k && !Number.isNaN(targets[row - k]!)) run.learn(row - k, targets[row - k]!)
      if (row === rows / 4) run.train?.()
      const call = run.predict(row, out)
      if (row < rows / 4) continue
      scored++
      if (call === targets[row]) right++
    }
    expect(Math.abs(right / scored - expected)).toBeLessThan(tolerance)
  })

  it('refuses a window that is none', () => expect(() => persistence({ rows: 1 })).toThrow('rows'))
})
