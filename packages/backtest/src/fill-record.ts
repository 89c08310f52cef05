import type { Fill } from '@rxlob/core'

/** A fill and what it cost. Costs in settlement currency, positive where paid. */
export interface FillRecord extends Fill {
  /** Mid of the venue at the moment, ticks; NaN where there was none. */
  readonly midTicks: number
  readonly spread: number
  readonly impact: number
  readonly fee: number
  /** What the cost model added to the price paid; part of the three above. */
  readonly charged: number
}
