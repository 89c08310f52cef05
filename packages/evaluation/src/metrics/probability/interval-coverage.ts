import { sameLength } from '../../numeric/same-length.js'

/**
 * Share of outcomes inside their forecast intervals, ends included.
 *
 * Unit: ratio; near the nominal level (0.9 for a 90 % interval) if calibrated. Rows with a NaN are left out; NaN without rows.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths differ.
 */
export function intervalCoverage(actual: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>): number {
  sameLength('intervalCoverage', actual, low)
  const rows = sameLength('intervalCoverage', actual, high)
  let inside = 0
  let used = 0
  for (let row = 0; row < rows; row++) {
    const value = actual[row]!
    if (Number.isNaN(value + low[row]! + high[row]!)) continue
    used++
    if (value >= low[row]! && value <= high[row]!) inside++
  }
  return inside / used
}
