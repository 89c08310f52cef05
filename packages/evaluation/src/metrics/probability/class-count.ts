import { LobError } from '@rxlob/core'

/**
 * Number of classes of row-major [rows, classes] probabilities.
 *
 * @throws {LobError} LOB_BAD_OPTION where they are not a whole number, 2 or more, of columns for each row of `truth`.
 */
export function classCount(truth: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  if (truth.length === 0 && probabilities.length === 0) return 2
  const classes = probabilities.length / truth.length
  if (Number.isInteger(classes) && classes >= 2) return classes
  throw new LobError(
    'LOB_BAD_OPTION',
    `Expected row-major [rows, classes] probabilities for ${truth.length} rows, got ${probabilities.length} numbers.`,
  )
}
