import type { Instrument } from '../instrument.js'
import { decimalGrid } from '../numeric/decimal-grid.js'
import type { Ticks } from '../units.js'

/** How ticks become prices: plain data. */
export interface PriceScale {
  readonly multiplier: number
  readonly divisor: number
}

/** Prices in quote units from ticks, fractional ones too: the double nearest to the decimal price where the ticks are whole or halves. */
export const priceScale = {
  init({ tickSize }: Instrument): PriceScale {
    const { multiplier, divisor } = decimalGrid(tickSize)
    return { multiplier, divisor }
  },

  price: ({ multiplier, divisor }: PriceScale, ticks: Ticks): number => (ticks * multiplier) / divisor,
} as const
