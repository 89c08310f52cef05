import { LobError, type LabelledFrame } from '@rxlob/core'
import { argMax } from '../metrics/probability/top-label.js'
import type { Baseline, BaselineRun } from './baseline.js'
import { shares } from './majority-class.js'

export interface SignRuleOptions {
  readonly name: string
  /** One number for each row of the frame, from that row and earlier ones alone; NaN where there is no view. */
  signal(frame: LabelledFrame): Float64Array
  /**
   * `none`: only a signal of exactly 0 is flat. `trained`: signals up to a threshold are flat, which is set so that the rule calls
   * flat as often as the settled training rows were. Ignored with two classes. Default `none`.
   */
  readonly deadZone?: 'none' | 'trained'
}

/**
 * A baseline that calls up where a signal is positive and down where it is negative.
 *
 * Classes run from down to up: two (down, up) or three (down, flat, up). With two classes a signal of 0 calls the more frequent one.
 * Its probabilities are the shares of each class among the settled rows on which it made the same call, one row of each added.
 *
 * @throws {LobError} LOB_BAD_OPTION, once started, where there are more than three classes or the signal misses rows.
 */
export function signRule(options: SignRuleOptions): Baseline {
  return { name: options.name, start: (frame, classes) => startRule(options, frame, classes) }
}

function startRule(options: SignRuleOptions, frame: LabelledFrame, classes: number): BaselineRun {
  if (classes > 3) {
    throw new LobError('LOB_BAD_OPTION', `${options.name}: expected two classes (down, up) or three (down, flat, up), got ${classes}.`)
  }
  const signal = options.signal(frame)
  if (signal.length !== frame.length) {
    throw new LobError('LOB_BAD_OPTION', `${options.name}: expected a signal of ${frame.length} rows, got ${signal.length}.`)
  }
  // Outcomes by call: row-major [call, class].
  const counts = new Float64Array(classes * classes)
  const outcomes = new Float64Array(classes)
  const settled: { row: number; target: number }[] = []
  let trained = false
  let threshold = 0
  const callOf = (row: number): number => {
    const value = signal[row]!
    if (Number.isNaN(value)) return -1
    if (Math.abs(value) > threshold) return value > 0 ? classes - 1 : 0
    return classes === 3 ? 1 : argMax(outcomes, 0, classes)
  }
  const count = (row: number, target: number): void => {
    const call = callOf(row)
    if (call >= 0) counts[call * classes + target]! += 1
  }
  return {
    train() {
      if (options.deadZone === 'trained' && classes === 3) threshold = flatThreshold(signal, settled)
      trained = true
      for (const { row, target } of settled) count(row, target)
      settled.length = 0
    },
    predict(row, out) {
      const call = callOf(row)
      if (call >= 0) shares(counts, call * classes, classes, out)
      return call
    },
    learn(row, target) {
      outcomes[target]! += 1
      if (trained) count(row, target)
      else settled.push({ row, target })
    },
  }
}

/** The size of signal below which as large a share of the settled rows lies as were flat. */
function flatThreshold(signal: Float64Array, settled: readonly { row: number; target: number }[]): number {
  const seen = settled.filter(({ row }) => !Number.isNaN(signal[row]!))
  const sizes = Float64Array.from(seen, ({ row }) => Math.abs(signal[row]!)).sort()
  const flat = seen.filter(({ target }) => target === 1).length
  return flat === 0 ? 0 : sizes[flat - 1]!
}
