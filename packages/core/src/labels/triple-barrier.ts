import type { Tick } from '../book/tick.js'
import type { Feature } from '../contracts/feature.js'
import type { Labeler } from '../contracts/labeler.js'
import { LobError } from '../errors.js'
import { midTicks } from '../features/mid-ticks.js'
import { numberOption } from '../option-range.js'
import { labelHorizon, type LabelHorizon } from './label-horizon.js'
import { pendingBarriers, type PendingBarriers } from './pending-barriers.js'

export type TripleBarrierOptions = LabelHorizon & {
  /** Distance of the upper barrier: a share of the price, or a multiple of `scale`. Above 0. */
  readonly up: number
  /** Distance of the lower barrier, likewise. Above 0. */
  readonly down: number
  /** A feature of one column, such as `realizedVolatility`, whose value at the row scales its barriers. Default none: distances are shares. */
  readonly scale?: Feature
  /** What a row becomes that touches neither: `flat`, or the `sign` of its return. Default `flat`. */
  readonly atEnd?: 'flat' | 'sign'
}

/**
 * Which barrier the mid touches first: an upper one, a lower one, or the end of the horizon.
 *
 *   upper = mid(t) (1 + up s), lower = mid(t) (1 - down s), s = 1 or the scale's value at t;  up where mid(u) >= upper first, down where mid(u) <= lower first, t < u <= t + horizon
 *
 * Unit: classes 0 down, 1 flat, 2 up. A touch settles the row at once, the end does so with the row `rows` rows on, or the first after t + `micros` of `tsLocal`; rows
 * that the stream does not outlast have no target, nor has one whose mid or scale is not defined. Rows without a mid touch nothing.
 * Overlapping labels share what they look at: weigh them with `sampleUniqueness`. Cost: O(1) a row where nothing is touched, else O(rows within the horizon).
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range or `scale` has several columns.
 * @see Lopez de Prado (2018), Advances in Financial Machine Learning, section 3.4
 * @example
 * tripleBarrier({ up: 2, down: 2, scale: realizedVolatility({ micros: 60_000_000 }), micros: 60_000_000 }) // labeler triple_barrier_60s
 */
export function tripleBarrier(options: TripleBarrierOptions): Labeler {
  const { scale, atEnd = 'flat' } = options
  const horizon = labelHorizon(options)
  const up = numberOption('up', options.up, Number.MIN_VALUE, Number.MAX_VALUE)
  const down = numberOption('down', options.down, Number.MIN_VALUE, Number.MAX_VALUE)
  if (scale && scale.columns.length !== 1) throw new LobError('LOB_BAD_OPTION', `Option scale: expected a feature of one column, got ${scale.columns.length}.`)
  if (atEnd !== 'flat' && atEnd !== 'sign') throw new LobError('LOB_BAD_OPTION', `Option atEnd: expected flat or sign, got ${String(atEnd)}.`)
  return {
    name: `triple_barrier_${horizon.name}`,
    output: { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: horizon.output },
    init: (instrument) => ({ pending: pendingBarriers.init(), scale: scale?.init(instrument), out: new Float64Array(1) }),
    step(state: { readonly pending: PendingBarriers; readonly scale: unknown; readonly out: Float64Array }, tick: Tick, emit) {
      const { pending, out } = state
      const mid = midTicks(tick.book)
      if (scale) scale.step(state.scale, tick, out, 0)
      else out[0] = 1
      pendingBarriers.settle(pending, tick.tsLocal, mid, horizon, atEnd === 'sign', emit)
      const distance = out[0]!
      if (mid > 0 && distance > 0) pendingBarriers.enter(pending, tick.tsLocal, mid, mid * (1 + up * distance), mid * (1 - down * distance))
      else emit(0, NaN)
    },
  }
}
