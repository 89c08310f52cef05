import type { Tick } from '../book/tick.js'
import type { Column, Feature } from '../contracts/feature.js'
import { defineVectorFeature } from '../features/define-feature.js'

/** How one column becomes a score. Its state is plain data, one a column. */
export interface ScoreRule<State> {
  /** The end of the columns' names. */
  readonly suffix: string
  readonly options: object
  init(column: number): State
  /** The score of `value` by what was seen before it, which then counts as seen. `value` may be NaN. */
  step(state: State, value: number, tick: Tick): number
}

/** A feature whose every column is replaced by its score; a state of its own a column. */
export function scoreFeature<const Name extends string, const Suffix extends string, State>(
  feature: Feature<Name>,
  rule: ScoreRule<State> & { readonly suffix: Suffix },
): Feature<`${Name}_${Suffix}`> {
  const { columns, depth } = feature
  return defineVectorFeature({
    name: `${feature.name}_${rule.suffix}`,
    columns: columns.map(({ name }): Column<`${Name}_${Suffix}`> => ({ name: `${name}_${rule.suffix}`, unit: 'ratio' })),
    depth,
    options: { of: feature.fingerprint, ...rule.options },
    init: (instrument) => ({ inner: feature.init(instrument) as unknown, scores: columns.map((_, column) => rule.init(column)), values: new Float64Array(columns.length) }),
    step: ({ inner, scores, values }, tick, out, at) => {
      feature.step(inner, tick, values, 0)
      for (let column = 0; column < values.length; column++) out[at + column] = rule.step(scores[column]!, values[column]!, tick)
    },
  })
}
