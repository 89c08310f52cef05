import { LobError } from '@rxlob/core/kernel'

/**
 * Returns `values` if they are finite and in order.
 *
 * @throws {LobError} LOB_BAD_OPTION naming the first that is not.
 */
export function inOrder(name: string, values: Float64Array, rule: 'rise' | 'never fall'): Float64Array {
  const bad = values.findIndex((value, i) => {
    const before = i === 0 ? Number.NEGATIVE_INFINITY : (values[i - 1] ?? 0)
    return !Number.isFinite(value) || value < before || (rule === 'rise' && value === before)
  })
  if (bad === -1) return values
  const after = bad > 0 ? ` after ${values[bad - 1]}` : ''
  throw new LobError('LOB_BAD_OPTION', `${name}: expected finite numbers that ${rule}, got ${values[bad]} at index ${bad}${after}.`)
}
