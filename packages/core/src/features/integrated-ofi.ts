import type { Feature, Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { defineFeature } from './define-feature.js'
import type { IntegratedOfiParameters } from './fit-integrated-ofi.js'
import { rollingSpan, type RollingSpan } from './rolling-span.js'
import { weightedFlow } from './weighted-flow.js'

/**
 * Order-flow imbalance of several levels as one number, along their first principal component.
 *
 *   sum over levels m of weight_m e_m,  summed over the window;  where fitted on depth-scaled windows divided by
 *   mean over the window of (1 / M) sum over m of (bidLots_m + askLots_m) / 2
 *
 * Without `span` the window is the event alone; unscaled, sums over bars are then the bars' integrated OFI. With it, the last `ticks`
 * rows or (t - `micros`, t] of `tsLocal`, rows without a flow left out.
 * Unit: lots, or ratio where depth-scaled; positive for net buying pressure. Column `integrated_ofi_<levels>[_<span>]`.
 * NaN as in `ofi`, and until the window has covered its span. Cost: O(levels) an event, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where the fit holds no weights, or the span not exactly one integer of 1 or more.
 * @see Cont, Cucuringu and Zhang (2023), Quantitative Finance 23(10), equation 4
 * @example
 * integratedOfi(fitIntegratedOfi(windows, { instrument, from, to })) // column integrated_ofi_10
 */
export function integratedOfi(fitted: Fitted<IntegratedOfiParameters>, span?: RollingSpan): Feature<`integrated_ofi_${string}`> {
  const { parameters } = fitted
  const weights = Float64Array.from(parameters.weights)
  const levels = weights.length
  if (levels === 0 || !weights.every(Number.isFinite)) throw new LobError('LOB_BAD_OPTION', 'Expected a fit with finite weights, one a level.')
  const scaled = parameters.scaling === 'depth'
  const window = span ? rollingSpan(span) : rollingSpan({ ticks: 1 })
  return defineFeature({
    name: span ? `integrated_ofi_${levels}_${window.name}` : `integrated_ofi_${levels}`,
    unit: scaled ? 'ratio' : 'lots',
    depth: levels,
    options: { ...window.options, ...parameters },
    init: () => weightedFlow.init(window, levels),
    step: (state, tick) => weightedFlow.step(state, tick, weights, scaled),
  })
}
