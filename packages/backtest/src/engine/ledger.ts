import type { Cost, Instrument, Lots, Ticks } from '@rxlob/core'

/** What trading came to, settlement currency. `gross - spread - impact - fees = net`. */
export interface ProfitAndLoss {
  /** As if every fill had been at the mid of its moment, marked at the last mid. */
  readonly gross: number
  /** From the mid to the best price, and what the cost model adds; negative where a maker earned it. */
  readonly spread: number
  /** From the best price to the price paid, and what the cost model adds. */
  readonly impact: number
  /** Negative where rebates outweigh fees. */
  readonly fees: number
  readonly net: number
}

/**
 * Cash and position of one instrument. Linear contracts are counted in whole ticks times lots, so that nothing is rounded until a
 * number is read; inverse ones in contracts divided by ticks, settled in base.
 */
export class Ledger {
  position: Lots = 0
  /** Lots bought and sold. */
  tradedLots: Lots = 0
  /** Settlement currency. */
  tradedNotional = 0
  private readonly inverse: boolean
  /** Settlement currency a unit. */
  private readonly scale: number
  private cash = 0
  private midCash = 0
  private spreadUnits = 0
  private impactUnits = 0
  private spreadCharged = 0
  private impactCharged = 0
  private fees = 0

  constructor({ contract, tickSize, lotSize, multiplier }: Instrument) {
    this.inverse = contract === 'inverse'
    this.scale = this.inverse ? (multiplier * lotSize) / tickSize : multiplier * lotSize * tickSize
  }

  /** Settlement currency of a move of one lot from one price to another. */
  value(from: Ticks, to: Ticks, lots: Lots): number {
    return (this.units(to) - this.units(from)) * lots * this.scale
  }

  /** Size of a trade in settlement currency. */
  notional(ticks: Ticks, lots: Lots): number {
    return Math.abs(this.units(ticks)) * lots * this.scale
  }

  /**
   * @param touch Best price that was there to take; the fill's own for makers.
   * @param mid Of the same moment; NaN where there was none, then no spread is told apart.
   */
  fill(side: 1 | -1, ticks: number, lots: Lots, touch: number, mid: number): void {
    const paid = this.units(ticks)
    const best = this.units(touch)
    const middle = Number.isNaN(mid) ? best : this.units(mid)
    const signed = side * lots
    this.position += signed
    this.tradedLots += lots
    this.tradedNotional += this.notional(ticks, lots)
    this.cash -= signed * paid
    this.midCash -= signed * middle
    this.spreadUnits += signed * (best - middle)
    this.impactUnits += signed * (paid - best)
  }

  /** What the cost model adds to the prices paid. */
  charge({ spread, impact, fee }: Cost): void {
    this.spreadCharged += spread
    this.impactCharged += impact
    this.fees += fee
  }

  /** Cash and position at a price, less all charges. */
  equity(mark: Ticks): number {
    return (this.cash + this.held(mark)) * this.scale - this.spreadCharged - this.impactCharged - this.fees
  }

  profitAndLoss(mark: Ticks): ProfitAndLoss {
    return {
      gross: (this.midCash + this.held(mark)) * this.scale,
      spread: this.spreadUnits * this.scale + this.spreadCharged,
      impact: this.impactUnits * this.scale + this.impactCharged,
      fees: this.fees,
      net: this.equity(mark),
    }
  }

  private held(mark: Ticks): number {
    return this.position === 0 ? 0 : this.position * this.units(mark)
  }

  private units(ticks: Ticks): number {
    return this.inverse ? -1 / ticks : ticks
  }
}
