import { sameLength } from '../../numeric/same-length.js'

/**
 * Out-of-sample R2: squared error saved against a constant forecast that was known beforehand.
 *
 *   1 - sum (y - forecast)^2 / sum (y - reference)^2
 *
 * Unit: ratio; 0 is as good as the reference, negative is worse. Rows with a NaN are left out. NaN without rows and
 * where every outcome equals the reference.
 *
 * @param options.reference The constant: the TRAINING mean of `y`, or 0 for a return forecast. The test mean would be hindsight.
 * @throws {LobError} LOB_BAD_OPTION where lengths differ.
 * @see Campbell and Thompson (2008), Review of Financial Studies 21, 1509-1531
 */
export function outOfSampleR2(actual: ArrayLike<number>, forecast: ArrayLike<number>, options: { readonly reference: number }): number {
  const rows = sameLength('outOfSampleR2', actual, forecast)
  let error = 0
  let total = 0
  for (let row = 0; row < rows; row++) {
    const miss = actual[row]! - forecast[row]!
    if (Number.isNaN(miss)) continue
    error += miss * miss
    total += (actual[row]! - options.reference) ** 2
  }
  return total === 0 ? NaN : 1 - error / total
}
