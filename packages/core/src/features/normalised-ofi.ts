import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineFeature } from './define-feature.js'
import type { RollingOfiOptions } from './rolling-ofi.js'
import { rollingSpan, type SpanName } from './rolling-span.js'
import { weightedFlow } from './weighted-flow.js'

type LevelsOf<Options extends RollingOfiOptions> = Options extends { readonly levels: infer Levels extends number } ? Levels : 1

/**
 * Order-flow imbalance of a rolling window in units of the depth that it met: comparable across days and instruments.
 *
 *   sum over the window's rows and levels m of e_m  /  mean over its rows of (1 / M) sum over m of (bidLots_m + askLots_m) / 2
 *
 * with the e_m of `ofi`. Unit: ratio, positive for net buying pressure. Column `normalised_ofi_<levels>_<span>`; `{ ticks: 1 }` is the event alone.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`; rows whose flow is undefined are left out.
 * NaN until the window has covered its span, and while the book is crossed or not synced. Cost: O(levels) an event amortised,
 * memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more, or not exactly one of `ticks` and `micros` is.
 * @see Cont, Cucuringu and Zhang (2023), Quantitative Finance 23(10), equation 3
 * @example
 * normalisedOfi({ levels: 5, micros: 10_000_000 }) // column normalised_ofi_5_10s
 */
export function normalisedOfi<const Options extends RollingOfiOptions>(
  options: Options,
): Feature<`normalised_ofi_${LevelsOf<Options>}_${SpanName<Options>}`> {
  const ranks = integerOption('levels', options.levels ?? 1, 1)
  const span = rollingSpan<Options>(options)
  const weights = new Float64Array(ranks).fill(1)
  return defineFeature({
    name: `normalised_ofi_${ranks as LevelsOf<Options>}_${span.name}`,
    unit: 'ratio',
    depth: ranks,
    options: { levels: ranks, ...span.options },
    init: () => weightedFlow.init(span, ranks),
    step: (state, tick) => weightedFlow.step(state, tick, weights, true),
  })
}
