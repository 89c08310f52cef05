import { LobError } from '../errors.js'
import { numberOption } from '../option-range.js'
import type { Lots } from '../units.js'

/**
 * How a cancellation of unknown place is shared between those ahead of an order and those behind it. `pessimistic`: never ahead. The others: the share f behind,
 * with `front` lots ahead, `back` behind and the exponent n: `power` back^n / (back^n + front^n), `power2` (back / (back + front))^n, `power3` 1 - (front / (front + back))^n,
 * `log` ln(1 + back) / (ln(1 + back) + ln(1 + front)).
 */
export type QueueModel = 'pessimistic' | 'power' | 'power2' | 'power3' | 'log'

export interface QueueModelOptions {
  readonly model: QueueModel
  /** Above 0, for the powers. Default 2. */
  readonly exponent?: number
}

/** An order of one's own in a queue of which only the total is known: plain data. Filled once `front` is below 0. */
export interface QueueEstimate {
  /** Lots thought to stand ahead. */
  front: Lots
  /** Lots traded at the price since its total was last seen. */
  traded: Lots
}

/** The share of a cancellation that is behind the order. */
export type BehindShare = ((front: Lots, back: Lots) => number) | 'none'

/** @throws {LobError} LOB_BAD_OPTION where the model is unknown or its exponent not above 0. */
export function behindShare({ model, exponent = 2 }: QueueModelOptions): BehindShare {
  const n = numberOption('exponent', exponent, Number.MIN_VALUE, Number.MAX_VALUE)
  if (model === 'pessimistic') return 'none'
  if (model === 'power') return (front, back) => back ** n / (back ** n + front ** n)
  if (model === 'power2') return (front, back) => (back / (back + front)) ** n
  if (model === 'power3') return (front, back) => 1 - (front / (front + back)) ** n
  if (model === 'log') return (front, back) => Math.log1p(back) / (Math.log1p(back) + Math.log1p(front))
  throw new LobError('LOB_BAD_OPTION', `Option model: expected pessimistic, power, power2, power3 or log, got ${String(model)}.`)
}

/**
 * Place in a queue from totals alone (L2), by the models that hftbacktest uses. Where trades and totals come in one event, call `trade` first.
 *
 * @see https://github.com/nkaz001/hftbacktest, models/queue.rs, for the models' definitions
 */
export const queueEstimate = {
  /** Joins behind `ahead` lots. */
  join: (ahead: Lots): QueueEstimate => ({ front: ahead, traded: 0 }),

  /** Lots traded at the price. */
  trade(order: QueueEstimate, lots: Lots): void {
    order.front -= lots
    order.traded += lots
  },

  /** The total at the price went from `before` to `after`, own order not counted. */
  depth(order: QueueEstimate, before: Lots, after: Lots, share: BehindShare): void {
    const cancelled = before - after - order.traded
    order.traded = 0
    if (share === 'none' || cancelled < 0) {
      order.front = Math.min(order.front, after)
      return
    }
    const back = before - order.front
    const behind = share(order.front, back)
    const p = Number.isFinite(behind) ? behind : 1
    order.front = Math.min(order.front - (1 - p) * cancelled + Math.min(back - p * cancelled, 0), after)
  },
} as const
