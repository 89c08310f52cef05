import { describe, expect, it } from 'vitest'
import {
  bipowerVolatility, closeToCloseVolatility, columnsOf, decayingLevelRates, depthImbalance, depthProfile, effectiveSpread, fitHawkes, fitIntegratedOfi, fitMicroPrice,
  fitShrunkWeightedMid, garmanKlassVolatility, hawkesIntensity, hawkesResiduals, integratedOfi, kyleLambda, microPrice, noiseScales, queueAhead, realizedKernelVolatility,
  rollSpread, spread, twoScaleVolatility, vpin, vpinExact,
  type HawkesParameters, type IntegratedOfiParameters, type MicroPriceParameters,
} from '../../src/kernel.js'

const data = { instrument: 'hand:ABC', from: 1_000_000, to: 9_000_000 } as const
const wrong = 'wrong' as never
const hawkes = (changed: Partial<HawkesParameters>) => ({ parameters: { mu: [1, 2], alpha: [[1, 0.5], [0.25, 1]], beta: 4, logLikelihood: 0, branchingRatio: 0.3, ...changed }, ...data, rows: 9 })
const integrated = (weights: readonly number[]) => ({ parameters: { weights, explained: 1, scaling: 'none' } satisfies IntegratedOfiParameters, ...data, rows: 9 })
const micro = (adjustments: readonly number[], edges: readonly number[] = [0], spreads = 1) => ({ parameters: { edges, spreads, adjustments, unvisited: 0 } satisfies MicroPriceParameters, ...data, rows: 9 })

/** A call, and what its refusal says. */
const refused: readonly [message: RegExp, call: () => unknown][] = [
  [/^Option bars: expected an integer of 2 or more, got 1/, () => bipowerVolatility({ bars: 1, ticks: 1 })],
  [/^Option bars: expected an integer of 2 or more, got 1/, () => closeToCloseVolatility({ bars: 1, ticks: 1 })],
  [/^Option bars: expected an integer of 1 or more, got 0/, () => closeToCloseVolatility({ bars: 0, ticks: 1, mean: 'zero' })],
  [/^Option mean: expected removed or zero, got wrong/, () => closeToCloseVolatility({ bars: 3, ticks: 1, mean: wrong })],
  [/^Option mean: expected removed or zero, got wrong/, () => rollSpread({ ticks: 3, mean: wrong })],
  [/^Option measure: expected volatility or variance, got wrong/, () => closeToCloseVolatility({ bars: 3, ticks: 1, measure: wrong })],
  [/^Option form: expected short or full, got wrong/, () => garmanKlassVolatility({ bars: 3, ticks: 1, form: wrong })],
  [/^Option distances: expected an integer of 1 or more, got 0/, () => decayingLevelRates({ distances: 0, tauMicros: 1 })],
  [/^Option weights: expected uniform, harmonic, exponential or distance, got wrong/, () => depthImbalance({ levels: 2, weights: wrong })],
  [/^Option decay: expected a number from/, () => depthImbalance({ levels: 2, weights: 'distance', decay: -1 })],
  [/^Option levels: expected an integer of 1 or more, got 0/, () => depthProfile({ bins: 1, levels: 0 })],
  [/^Option signing: expected exchange, lee-ready or tick-rule, got wrong/, () => effectiveSpread({ ticks: 1, signing: wrong })],
  [/^Option bars: expected an integer of 2 or more, got 1/, () => kyleLambda({ bars: 1, ticks: 1 })],
  [/^Option model: expected pessimistic, power, power2, power3 or log, got wrong/, () => queueAhead({ model: wrong })],
  [/^Option exponent: expected a number from .* got -2/, () => queueAhead({ model: 'power', exponent: -2 })],
  [/^Option bars: expected an integer of 2 or more, got 1/, () => realizedKernelVolatility({ bars: 1, bandwidth: 1, ticks: 1 })],
  [/^Option bandwidth: expected an integer from 1 to 4, got 5/, () => realizedKernelVolatility({ bars: 5, bandwidth: 5, ticks: 1 })],
  [/^Option bars: expected an integer of 3 or more, got 2/, () => twoScaleVolatility({ bars: 2, scale: 2, ticks: 1 })],
  [/^Option scale: expected an integer from 2 to 4, got 5/, () => twoScaleVolatility({ bars: 5, scale: 5, ticks: 1 })],
  [/^Option bucketLots: expected an integer of 1 or more, got 0/, () => vpinExact({ bucketLots: 0, buckets: 2 })],
  [/^Option buckets: expected an integer of 1 or more, got 0/, () => vpinExact({ bucketLots: 2, buckets: 0 })],
  [/^Option buckets: expected an integer of 1 or more, got 0/, () => vpin({ bucketLots: 2, buckets: 0, ticks: 1, sigmaTicks: 1 })],
  [/^Expected at least one feature, got an empty list/, () => columnsOf([])],
  [/^Column spread comes twice/, () => columnsOf([spread(), spread()])],
  [/finite weights, one a level/, () => integratedOfi(integrated([]))],
  [/finite weights, one a level/, () => integratedOfi(integrated([1, NaN]))],
  [/for each of its 0 states/, () => microPrice(micro([], [], 0))],
  [/for each of its 2 states, got 3/, () => microPrice(micro([1, 2, 3]))],
  [/finite adjustment for each of its 2 states, got 2/, () => microPrice(micro([1, NaN]))],
  [/two types.* finite rates of 0 or more/, () => hawkesIntensity(hawkes({ mu: [1, 2, 3], alpha: [[1, 0.5], [0.25]] }))],
  [/two types.* finite rates of 0 or more/, () => hawkesIntensity(hawkes({ alpha: [[1, 0.5], [0.25]] }))],
  [/two types.* finite rates of 0 or more/, () => hawkesIntensity(hawkes({ mu: [-1, 2] }))],
  [/two types.* finite rates of 0 or more/, () => hawkesIntensity(hawkes({ mu: [1, Infinity] }))],
  [/times of 2 types, as the fit has, got 1/, () => hawkesResiduals([[]], hawkes({}), data)],
  [/times ascending from 1000000, got 999999 at 0/, () => hawkesResiduals([[999_999], []], hawkes({}), data)],
  [/^Option betaRange/, () => fitHawkes([[2_000_000], []], { ...data, betaRange: [0, 1] })],
  [/^Option betaRange/, () => fitHawkes([[2_000_000], []], { ...data, betaRange: [2, 1] })],
  [/one event or more in an interval that lasts, got 0 from 1000000 to 9000000/, () => fitHawkes([[], []], data)],
  [/one event or more in an interval that lasts, got 3 from 9000000 to 9000000/, () => fitHawkes([[9_000_000, 9_000_000], [9_000_000]], { ...data, from: data.to })],
  [/ascending from 1000000 to 9000000, got 999999 at 0/, () => fitHawkes([[], [999_999]], data)],
  [/ascending from 1000000 to 9000000, got 2000000 at 1/, () => fitHawkes([[3_000_000, 2_000_000], []], data)],
  [/ascending from 1000000 to 9000000, got 9000001 at 1/, () => fitHawkes([[3_000_000, 9_000_001], []], data)],
  [/depths: expected one a window, 2, got 1/, () => fitIntegratedOfi([[1, 2], [3, 4]], { ...data, depths: [1] })],
  [/Window 1: expected 2 levels as in the first, got 1/, () => fitIntegratedOfi([[1, 2], [3]], data)],
  [/two or more windows without NaN, got 1 of 2/, () => fitIntegratedOfi([[1, 2], [NaN, 4]], data)],
  [/windows that vary, got 2 equal ones/, () => fitIntegratedOfi([[1, 2], [1, 2]], data)],
  [/^Option spreads: expected an integer of 1 or more, got 0/, () => fitMicroPrice([1], [1], [0], { ...data, spreads: 0 })],
  [/as many spreads and imbalances as mids, 1, got 2 and 1/, () => fitMicroPrice([1], [1, 1], [0], data)],
  [/as many spreads and imbalances as mids, 1, got 1 and 2/, () => fitMicroPrice([1], [1], [0, 0], data)],
  [/mid moves sooner or later, got 0 transitions/, () => fitMicroPrice([], [], [], data)],
  [/as many weighted and later mids as mids, 2, got 1 and 2/, () => fitShrunkWeightedMid([1, 2], [1], [1, 2], data)],
  [/as many weighted and later mids as mids, 2, got 2 and 3/, () => fitShrunkWeightedMid([1, 2], [1, 2], [1, 2, 3], data)],
  [/rows whose weighted mid differs from the mid, got none in 2 without NaN/, () => fitShrunkWeightedMid([1, 2], [1, 2], [3, 4], data)],
  [/prices above 0, got 0 at 2/, () => noiseScales([1, 2, 0, 3, 4], { sparse: 2 })],
  [/4 prices or more, got 3/, () => noiseScales([1, 2, 3], { sparse: 2 })],
  [/prices that move/, () => noiseScales([1, 1, 1, 1, 1], { sparse: 2 })],
]

describe('options out of range', () => {
  it.each(refused)('are refused with a code and with what was expected: %s', (message, call) => {
    expect(call).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringMatching(message) as unknown }))
  })

  it('begin next to those that are taken', () => {
    closeToCloseVolatility({ bars: 1, ticks: 1, mean: 'zero' })
    realizedKernelVolatility({ bars: 2, bandwidth: 1, ticks: 1 })
    twoScaleVolatility({ bars: 3, scale: 2, ticks: 1 })
    microPrice(micro([1, 2]))
    hawkesIntensity(hawkes({ mu: [0, 0], alpha: [[0, 0], [0, 0]], beta: 0 }))
    expect(noiseScales([1, 2, 3, 5], { sparse: 2 })).toBeTypeOf('object')
    expect(fitHawkes([[1_000_000, 1_000_000], [9_000_000]], { ...data, betaRange: [1, 1] }).rows).toBe(3)
  })
})
