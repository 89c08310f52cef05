import { integerOption, seededRandom } from '@rxlob/core'
import { shares } from './majority-class.js'
import type { Baseline } from './baseline.js'

export interface StratifiedRandomOptions {
  /** Of the draws. Default 1. */
  readonly seed?: number
}

/**
 * Calls a class at random, each as often as it came among the labels settled so far: what a forecaster scores who knows the shares and nothing else.
 *
 *   P(call = k) = p_k = (n_k + 1) / (n + classes), which is its forecast too
 *
 * Always has a view. Cost: O(classes) a row.
 *
 * @throws {LobError} LOB_BAD_OPTION where the seed is no unsigned 32-bit integer.
 */
export function stratifiedRandom(options: StratifiedRandomOptions = {}): Baseline {
  const seed = integerOption('seed', options.seed ?? 1, 0, 0xffffffff)
  return {
    name: 'stratified_random',
    start: (_, classes) => {
      const counts = new Float64Array(classes)
      const random = seededRandom(seed)
      return {
        predict: (_row, out) => {
          shares(counts, 0, classes, out)
          let left = random()
          let call = 0
          while (call < classes - 1 && left >= out[call]!) left -= out[call++]!
          return call
        },
        learn: (_row, target) => {
          counts[target]! += 1
        },
      }
    },
  }
}
