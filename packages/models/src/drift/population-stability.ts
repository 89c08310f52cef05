import { LobError } from '@rxlob/core'

/** Added to each bin's count, so that an empty bin is a small share and not an infinite index. */
const pseudoCount = 0.5

/**
 * Population stability index: how far a distribution has moved from the one a model was trained on.
 *
 *   PSI = sum over bins of (a - e) ln(a / e),   a, e = (count + 1/2) / (total + bins / 2)
 *
 * The divergence of Jeffreys, symmetric, 0 where the shares are equal. By custom 0.1 is worth a look and 0.25 a change. Of two samples of
 * the same distribution with n and m independent rows it is about (1/n + 1/m) times a chi-square of bins - 1 degrees, so
 * small samples alone give large values; rows that resemble their neighbours count for fewer. Cost: O(bins).
 *
 * @param expected Counts by bin at training time.
 * @param actual Counts by bin now.
 * @returns NaN where either has no rows.
 * @throws {LobError} LOB_BAD_OPTION where the bins are not the same number.
 * @see Siddiqi (2006), Credit Risk Scorecards; Yurdakul and Naranjo (2020), J. Risk Model Validation 14(4) (its distribution)
 */
export function populationStability(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const bins = expected.length
  if (bins !== actual.length) throw new LobError('LOB_BAD_OPTION', `Expected as many bins now as at training time (${bins}), got ${actual.length}.`)
  let expectedTotal = 0
  let actualTotal = 0
  for (let bin = 0; bin < bins; bin++) {
    expectedTotal += expected[bin]!
    actualTotal += actual[bin]!
  }
  if (expectedTotal === 0 || actualTotal === 0) return NaN
  let index = 0
  for (let bin = 0; bin < bins; bin++) {
    const e = (expected[bin]! + pseudoCount) / (expectedTotal + pseudoCount * bins)
    const a = (actual[bin]! + pseudoCount) / (actualTotal + pseudoCount * bins)
    index += (a - e) * Math.log(a / e)
  }
  return index
}
