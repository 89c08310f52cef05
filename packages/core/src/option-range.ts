import { LobError } from './errors.js'

/**
 * Returns `value` if it is an integer in [min, max].
 *
 * @throws {LobError} LOB_BAD_OPTION naming the option and its range.
 */
export function integerOption(option: string, value: number, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value
  const range = max === Number.MAX_SAFE_INTEGER ? `an integer of ${min} or more` : `an integer from ${min} to ${max}`
  throw new LobError('LOB_BAD_OPTION', `Option ${option}: expected ${range}, got ${String(value)}.`)
}

/**
 * Returns `value` if it is a finite number in [min, max].
 *
 * @throws {LobError} LOB_BAD_OPTION naming the option and its range.
 */
export function numberOption(option: string, value: number, min: number, max: number): number {
  if (typeof value === 'number' && value >= min && value <= max) return value
  throw new LobError('LOB_BAD_OPTION', `Option ${option}: expected a number from ${min} to ${max}, got ${String(value)}.`)
}
