import { LobError } from '@rxlob/core'

/**
 * Length that paired inputs share.
 *
 * @throws {LobError} LOB_BAD_OPTION where the lengths differ.
 */
export function sameLength(name: string, a: ArrayLike<unknown>, b: ArrayLike<unknown>): number {
  if (a.length === b.length) return a.length
  throw new LobError('LOB_BAD_OPTION', `${name}: expected inputs of equal length, got ${a.length} and ${b.length}.`)
}
