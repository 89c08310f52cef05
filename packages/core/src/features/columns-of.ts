import type { Column, Feature, NameOf } from '../contracts/feature.js'
import { LobError } from '../errors.js'

/** The columns of a list of features, in order. */
export function columnsOf<const F extends readonly Feature[]>(list: F): readonly Column<NameOf<F[number]>>[] {
  const columns = list.flatMap((feature) => feature.columns) as unknown as Column<NameOf<F[number]>>[]
  const seen = new Set<string>()
  for (const { name } of columns) {
    if (seen.has(name)) throw new LobError('LOB_BAD_OPTION', `Column ${name} comes twice: leave one of the features out, or give them different parameters.`)
    seen.add(name)
  }
  if (columns.length === 0) throw new LobError('LOB_BAD_OPTION', 'Expected at least one feature, got an empty list.')
  return columns
}
