import { fitMoveThreshold, seededRandom, smoothedMove, type BookView, type Instrument, type Labeler, type SmoothedMoveOptions, type Tick } from '@rxlob/core'
import { describe, expect, it } from 'vitest'

const rows = 1_000_000
const random = seededRandom(7)
const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
/** A Gaussian random walk in steps of a thousand ticks, far from 0. */
const mids = new Float64Array(rows)
for (let row = 0, mid = 1e9; row < rows; row++) mids[row] = mid += Math.round(1000 * gaussian())

let mid = 0
const book = { synced: true, crossed: false, bidTicks: () => mid - 1, askTicks: () => mid + 1 } as unknown as BookView
const tick = { book } as Tick

function targetsOf(labeler: Labeler): Float64Array {
  const targets = new Float64Array(rows).fill(NaN)
  const state: unknown = labeler.init({} as Instrument)
  let row = 0
  const emit = (rowsAgo: number, target: number): void => void (targets[row - rowsAgo] = target)
  for (; row < rows; row++) {
    mid = mids[row]!
    labeler.step(state, tick, emit)
  }
  return targets
}

const data = { unit: 'return', instrument: 'test:WALK', from: 0, to: 1 } as const
const classOf = (value: number, threshold: number): number => (value > threshold ? 2 : value < -threshold ? 0 : 1)

/** Accuracy of calling where the mid stands against its past mean, both cut into three equal classes. */
function persistence(options: SmoothedMoveOptions, smoothing: number): number {
  const moves = targetsOf(smoothedMove({ ...options, kind: 'value' }))
  const signal = new Float64Array(rows).fill(NaN)
  for (let row = 0, sum = 0; row < rows; row++) {
    sum += mids[row]! - (row < smoothing ? 0 : mids[row - smoothing]!)
    if (row >= smoothing - 1) signal[row] = mids[row]! - sum / smoothing
  }
  const label = fitMoveThreshold(moves, data).parameters.threshold
  const call = fitMoveThreshold(signal, data).parameters.threshold
  let [hits, count] = [0, 0]
  for (let row = 0; row < rows; row++) {
    if (Number.isNaN(moves[row]! + signal[row]!)) continue
    count++
    if (classOf(moves[row]!, label) === classOf(signal[row]!, call)) hits++
  }
  return hits / count
}

describe('canary (e): smoothed labels of a random walk', () => {
  it.each([
    ['L1', 10, 10, 0.333], ['L2', 10, 10, 0.559], ['L2', 20, 20, 0.574],
    ['L3', 10, 10, 0.559], ['L3', 20, 10, 0.461], ['L3', 50, 10, 0.407], ['L3', 100, 10, 0.384],
  ] as const)('%s over %d rows, smoothed over %d: persistence is right in %d', (method, horizon, smoothing, expected) => {
    const accuracy = persistence({ method, rows: horizon, ...(method === 'L3' && { smoothingRows: smoothing }) }, smoothing)
    expect(Math.abs(accuracy - expected), `${accuracy}`).toBeLessThan(0.005)
  })
})
