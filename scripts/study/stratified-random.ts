import { seededRandom } from '@rxlob/core'
import { majorityClass, type Baseline } from '@rxlob/evaluation'

/** Calls a class at random, as often as it has come true so far; its probabilities are those shares. */
export function stratifiedRandom(seed: number): Baseline {
  return {
    name: 'stratified_random',
    start(frame, classes) {
      const random = seededRandom(seed)
      const shares = majorityClass().start(frame, classes)
      return {
        predict(row, out) {
          shares.predict(row, out)
          let left = random()
          for (let call = 0; call < classes - 1; call++) if ((left -= out[call]!) < 0) return call
          return classes - 1
        },
        learn: (row, target) => shares.learn(row, target),
      }
    },
  }
}
