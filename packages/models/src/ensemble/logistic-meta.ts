import { numberOption } from '@rxlob/core'
import { fitLogistic } from '@rxlob/evaluation'
import type { MetaLearner } from './meta-learner.js'

export interface LogisticMetaOptions {
  /** Prior precision of every weight but the intercept's, above 0. Default 10. */
  readonly penalty?: number
}

/**
 * Stacking by multinomial logistic regression on the members' log odds.
 *
 * The penalty pulls towards 0, that is towards no opinion, and little of it is felt over thousands of rows.
 *
 * @throws {LobError} LOB_BAD_OPTION where the penalty is out of range.
 * @see Wolpert (1992), Stacked generalization, Neural Networks 5(2); fitLogistic
 */
export function logisticMeta(options: LogisticMetaOptions = {}): MetaLearner {
  const penalty = numberOption('penalty', options.penalty ?? 10, Number.MIN_VALUE, Number.MAX_VALUE)
  return {
    name: `logistic(${penalty})`,
    fit({ inputs, columns, targets, classes }) {
      const rows = targets.length
      const width = columns + 1
      const withOne = new Float64Array(rows * width)
      for (let row = 0; row < rows; row++) {
        withOne[row * width] = 1
        withOne.set(inputs.subarray(row * columns, (row + 1) * columns), row * width + 1)
      }
      // A hair on the intercept: where a class never came, its odds have no finite optimum.
      const penalties = Float64Array.from({ length: width }, (_, j) => (j === 0 ? 1e-3 : penalty))
      const { weights } = fitLogistic({ inputs: withOne, columns: width, targets, classes, penalties })
      return (asked) => {
        const count = asked.length / columns
        const probabilities = new Float64Array(count * classes)
        for (let row = 0; row < count; row++) {
          let top = 0
          for (let k = 1; k < classes; k++) {
            let odds = weights[(k - 1) * width]!
            for (let j = 0; j < columns; j++) odds += weights[(k - 1) * width + j + 1]! * asked[row * columns + j]!
            probabilities[row * classes + k] = odds
            top = Math.max(top, odds)
          }
          let sum = 0
          for (let k = 0; k < classes; k++) sum += probabilities[row * classes + k] = Math.exp(probabilities[row * classes + k]! - top)
          for (let k = 0; k < classes; k++) probabilities[row * classes + k]! /= sum
        }
        return probabilities
      }
    },
  }
}
