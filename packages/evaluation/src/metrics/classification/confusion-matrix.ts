import { integerOption, LobError } from '@rxlob/core'
import { sameLength } from '../../numeric/same-length.js'

/** Counts of rows by true and predicted class. Every metric of hard class calls is a function of it. */
export interface ConfusionMatrix {
  readonly classes: number
  /** Row-major [classes, classes]: rows are the truth, columns the prediction. */
  readonly counts: Float64Array
}

/**
 * Confusion matrix of hard class calls: entry [t, p] counts the rows of class t that were called p.
 *
 * Unit: rows. Cost: O(rows).
 *
 * @param options.classes Number of classes, 2 or more.
 * @throws {LobError} LOB_BAD_OPTION where lengths differ or an entry is not a class from 0 to `classes - 1`.
 * @example
 * accuracy(confusionMatrix([0, 1, 2], [0, 1, 1], { classes: 3 })) // 0.6666666666666666
 */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, options: { readonly classes: number }): ConfusionMatrix {
  const classes = integerOption('classes', options.classes, 2)
  const rows = sameLength('confusionMatrix', truth, predicted)
  const counts = new Float64Array(classes * classes)
  for (let row = 0; row < rows; row++) {
    const cell = classAt(truth, row, classes) * classes + classAt(predicted, row, classes)
    counts[cell] = counts[cell]! + 1
  }
  return { classes, counts }
}

/**
 * The class number at `row`.
 *
 * @throws {LobError} LOB_BAD_OPTION where it is not an integer from 0 to `classes - 1`.
 */
export function classAt(values: ArrayLike<number>, row: number, classes: number): number {
  const value = values[row]!
  if (value >= 0 && value < classes && Number.isInteger(value)) return value
  throw new LobError('LOB_BAD_OPTION', `Row ${row}: expected a class from 0 to ${classes - 1}, got ${value}. Leave unlabelled rows out.`)
}
