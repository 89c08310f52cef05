import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { flowGroup } from './flow-group.js'
import type { OfiOptions } from './ofi.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

export type RollingOfiOptions<Levels extends number = number> = OfiOptions<Levels> & RollingSpan

type LevelsOf<Options extends RollingOfiOptions> = Options extends { readonly levels: infer Levels extends number } ? Levels : 1

/**
 * Order-flow imbalance of the recent past: `ofi` summed over a rolling window.
 *
 *   OFI_k = sum of e_n over the rows n of the window
 *
 * Unit: lots, positive for net buying pressure. Column `rolling_ofi_<levels>_<span>`.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`; rows whose flow is undefined are left out.
 * NaN until the window has covered its span, and while the book is crossed or not synced. Cost: O(levels) an event amortised,
 * memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more, or not exactly one of `ticks` and `micros` is.
 * @see Cont, Kukanov and Stoikov (2014), J. Financial Econometrics 12(1), equation 4
 * @example
 * rollingOfi({ levels: 5, micros: 10_000_000 }) // column rolling_ofi_5_10s
 */
export function rollingOfi<const Options extends RollingOfiOptions>(options: Options): Feature<`rolling_ofi_${LevelsOf<Options>}_${SpanName<Options>}`> {
  const ranks = integerOption('levels', options.levels ?? 1, 1)
  const span = rollingSpan<Options>(options)
  return defineGroupedFeature({
    name: `rolling_ofi_${ranks as LevelsOf<Options>}_${span.name}`,
    columns: [{ name: `rolling_ofi_${ranks as LevelsOf<Options>}_${span.name}`, unit: 'lots' }],
    depth: ranks,
    options: { levels: ranks, ...span.options },
    group: flowGroup,
    member: { kind: 'window', levels: ranks, span },
  })
}
