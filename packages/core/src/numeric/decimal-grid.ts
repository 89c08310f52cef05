import { LobError } from '../errors.js'

/** Counts of one decimal step (a tick size, a lot size) to decimals and back, without binary drift. */
export interface DecimalGrid {
  readonly step: number
  /** The step as a fraction of integers, `multiplier / divisor`: plain data for states that must be cloned. */
  readonly multiplier: number
  readonly divisor: number
  /** The double nearest to the decimal text of `count` steps: 57940 of 0.01 is 579.4, not 579.4000000000001. */
  toDecimal(count: number): number
  /** Steps in `value`: the integer where `value` lies on the grid, a fraction where it lies between two steps. */
  toCount(value: number): number
  /** `value` lies on the grid. */
  holds(value: number): boolean
}

/** Relative distance under which a quotient counts as integer: far above rounding (1e-16), far below a thousandth of a step. */
const onGridTolerance = 1e-9

/**
 * The grid of a decimal step such as 0.01, 0.25 or 1e-8.
 *
 * A step is read as `multiplier / 10^digits`; `count * multiplier` is exact below 2^53 and one
 * correctly rounded division by a power of ten gives the double that the decimal text would give.
 *
 * @throws {LobError} LOB_BAD_OPTION where the step is not positive or needs more than 15 digits.
 */
export function decimalGrid(step: number): DecimalGrid {
  const [mantissa = '', exponent = '0'] = String(step).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = fraction.length - Number(exponent)
  const multiplier = Number(whole + fraction) * (digits < 0 ? 10 ** -digits : 1)
  const divisor = digits > 0 ? 10 ** digits : 1
  if (!(step > 0) || !Number.isSafeInteger(multiplier) || digits > 15) {
    throw new LobError('LOB_BAD_OPTION', `Expected a positive decimal step such as 0.01, got ${String(step)}.`)
  }
  const toCount = (value: number): number => {
    const count = (value * divisor) / multiplier
    const nearest = Math.round(count)
    return Math.abs(count - nearest) <= onGridTolerance * Math.max(1, Math.abs(nearest)) ? nearest : count
  }
  return {
    step,
    multiplier,
    divisor,
    toDecimal: (count) => (count * multiplier) / divisor,
    toCount,
    holds: (value) => Number.isInteger(toCount(value)),
  }
}
