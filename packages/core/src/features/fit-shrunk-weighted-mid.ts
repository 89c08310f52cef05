import type { Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'
import type { Micros } from '../units.js'

export interface ShrunkWeightedMidParameters {
  /** How much of the way from the mid to the weighted mid to go; between 0 and 1 on most data. */
  readonly share: number
}

export interface FitShrunkWeightedMidOptions {
  readonly instrument: InstrumentId
  /** `tsLocal` of the first row and of the last one whose later mid is used. */
  readonly from: Micros
  readonly to: Micros
}

/**
 * How far the weighted mid is to be trusted as a forecast of the later mid: least squares without an intercept over training rows.
 *
 *   share = sum of (later - mid) (weighted - mid) / sum of (weighted - mid)^2
 *
 * One number a row each, in one unit: the columns of `midPrice` and `weightedMid`, and the mid a horizon later. Rows with a NaN are left out;
 * `rows` says how many were used. Fit on training rows alone.
 *
 * @throws {LobError} LOB_BAD_OPTION where the lengths differ, or no row has a weighted mid that differs from the mid.
 * @see Stoikov (2018), Quantitative Finance 18(12), section 1, for the weighted mid's faults
 */
export function fitShrunkWeightedMid(
  mids: ArrayLike<number>,
  weighted: ArrayLike<number>,
  later: ArrayLike<number>,
  options: FitShrunkWeightedMidOptions,
): Fitted<ShrunkWeightedMidParameters> {
  const { instrument, from, to } = options
  if (weighted.length !== mids.length || later.length !== mids.length) {
    throw new LobError('LOB_BAD_OPTION', `Expected as many weighted and later mids as mids, ${mids.length}, got ${weighted.length} and ${later.length}.`)
  }
  let [rows, products, squares] = [0, 0, 0]
  for (let row = 0; row < mids.length; row++) {
    const pull = weighted[row]! - mids[row]!
    const move = later[row]! - mids[row]!
    if (!Number.isFinite(pull * move)) continue
    rows++
    products += pull * move
    squares += pull * pull
  }
  if (!(squares > 0)) throw new LobError('LOB_BAD_OPTION', `Expected rows whose weighted mid differs from the mid, got none in ${rows} without NaN.`)
  return { parameters: { share: products / squares }, instrument, from, to, rows }
}
