import { LobError } from '@rxlob/core/kernel'

/**
 * A copy of numbers that a figure keeps.
 *
 * @throws {LobError} LOB_BAD_OPTION where there are not `length` of them.
 */
export function numbers(name: string, values: ArrayLike<number>, length?: number): Float64Array {
  const count: unknown = (values as ArrayLike<number> | undefined)?.length
  if (typeof count !== 'number') throw new LobError('LOB_BAD_OPTION', `${name}: expected an array of numbers, got ${typeof values}.`)
  if (length !== undefined && count !== length) throw new LobError('LOB_BAD_OPTION', `${name}: expected ${length} numbers, got ${count}.`)
  return Float64Array.from(values)
}
