import { LobError } from '@rxlob/core/kernel'
import { numbers } from '../numbers.js'

/** How far each feature moved one output in each row: one output of `Attributions` of `@rxlob/models/explain`. */
export interface AttributionValues {
  readonly features: readonly string[]
  /** Row by row, a number a feature. */
  readonly values: ArrayLike<number>
}

export interface RankedAttributions {
  readonly rows: number
  readonly values: Float64Array
  /** Mean of the absolute values by feature. */
  readonly size: Float64Array
  /** Numbers of the features shown, the largest first. */
  readonly shown: readonly number[]
  /** Sentence on those left out; empty where there are none. */
  readonly note: string
}

/** Features by the mean of their absolute values, the first `most` of them. @throws {LobError} LOB_BAD_OPTION where rows are not whole. */
export function rankedAttributions({ features, values }: AttributionValues, most: number): RankedAttributions {
  const all = numbers('values', values)
  const count = features.length
  if (count === 0 ? all.length > 0 : all.length % count !== 0) throw new LobError('LOB_BAD_OPTION', `values: expected whole rows of ${count} numbers, got ${all.length} in all.`)
  const rows = count === 0 ? 0 : all.length / count
  const size = new Float64Array(count)
  for (let at = 0; at < all.length; at++) size[at % count]! += Math.abs(all[at] ?? 0) / rows
  const order = [...features.keys()].sort((a, b) => (size[b] ?? 0) - (size[a] ?? 0) || a - b)
  return { rows, values: all, size, shown: order.slice(0, most), note: count > most ? `The ${most} largest of ${count} features.` : '' }
}
