import { LobError } from '../errors.js'

/** Counts of one decimal step (a tick size, a lot size) to decimals and back, without binary drift. */
export interface DecimalGrid {
  readonly step: number
  /** The step as a fraction of integers, `multiplier / divisor`: plain data for states that must be cloned. */
  readonly multiplier: number
  readonly divisor: number
  /** The double nearest to the decimal text of `count` steps: 57940 of 0.01 is 579.4, not 579.4000000000001. Exact to a 1/10,000 of a step. */
  toDecimal(count: number): number
  /** Steps in `value`: the integer where `value` lies on the grid, the double nearest to the fraction where it lies between two steps. */
  toCount(value: number): number
  /** `value` lies on the grid. */
  holds(value: number): boolean
}

/** Prints between steps have up to four more digits (sub-penny prices). */
const partsOfStep = 10_000

/** `value` is an integer but for rounding: within 1e-9, and for large counts within some units in the last place. */
const isNear = (value: number, integer: number): boolean => Math.abs(value - integer) <= Math.max(1e-9, 16 * Number.EPSILON * Math.abs(integer))

/**
 * The grid of a decimal step such as 0.01, 0.25 or 1e-8.
 *
 * A step is read as `multiplier / 10^digits`; `count * multiplier` is exact below 2^53 and one
 * correctly rounded division by a power of ten gives the double that the decimal text would give.
 *
 * @throws {LobError} LOB_BAD_OPTION where the step is not positive or needs more than 15 digits.
 */
export function decimalGrid(step: number): DecimalGrid {
  const [mantissa, exponent] = String(step).split('e') as [string, string?]
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?]
  const digits = fraction.length - Number(exponent ?? 0)
  const multiplier = Number(whole + fraction)
  // A number is written with a positive exponent from 1e21 on, where it counts no step any more.
  if (!(step > 0) || !Number.isSafeInteger(multiplier) || digits < 0 || digits > 15) {
    throw new LobError('LOB_BAD_OPTION', `Expected a positive decimal step such as 0.01, got ${String(step)}.`)
  }
  const divisor = 10 ** digits
  const toCount = (value: number): number => {
    const count = (value * divisor) / multiplier
    const nearest = Math.round(count)
    if (nearest === count || isNear(count, nearest)) return nearest
    const parts = Math.round(count * partsOfStep)
    return isNear(count * partsOfStep, parts) ? parts / partsOfStep : count
  }
  return {
    step,
    multiplier,
    divisor,
    toDecimal(count) {
      if (Number.isInteger(count)) return (count * multiplier) / divisor
      const parts = Math.round(count * partsOfStep)
      return isNear(count * partsOfStep, parts) ? (parts * multiplier) / (divisor * partsOfStep) : (count * multiplier) / divisor
    },
    toCount,
    holds: (value) => Number.isInteger(toCount(value)),
  }
}
