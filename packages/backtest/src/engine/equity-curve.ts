import type { Micros } from '@rxlob/core'
import type { Market } from './market.js'

/** Profit and loss on a fixed grid of exchange time, settlement currency. The last row is the end of the run. */
export interface EquityCurve {
  readonly ts: readonly Micros[]
  readonly gross: readonly number[]
  readonly spread: readonly number[]
  readonly impact: readonly number[]
  readonly fees: readonly number[]
  readonly net: readonly number[]
  /** Value of all positions at the mid, unsigned. */
  readonly exposure: readonly number[]
}

type EquityColumns = { readonly [Name in keyof EquityCurve]: number[] }

/** Watches equity: on a grid for the curve, and at every move of a mid for the drawdown. */
export class EquityWatch {
  readonly curve: EquityColumns = { ts: [], gross: [], spread: [], impact: [], fees: [], net: [], exposure: [] }
  /** Deepest fall below the highest equity so far, start included. */
  maxDrawdown = 0
  /** Longest time below it. */
  maxDrawdownMicros: Micros = 0
  /** Exchange time that any position was open. */
  exposedMicros: Micros = 0
  nextSample: Micros = Infinity
  private peak = 0
  private peakAt: Micros = NaN
  private below = false
  private exposedSince: Micros = NaN
  private readonly intervalMicros: Micros

  constructor(intervalMicros: Micros) {
    this.intervalMicros = intervalMicros
  }

  start(now: Micros): void {
    this.peakAt = now
    this.nextSample = (Math.floor(now / this.intervalMicros) + 1) * this.intervalMicros
  }

  /** Rows for every point of the grid up to `now`: the state before what happens now. */
  sample(markets: readonly Market[], now: Micros): void {
    for (; this.nextSample <= now; this.nextSample += this.intervalMicros) this.row(markets, this.nextSample)
  }

  row(markets: readonly Market[], ts: Micros): void {
    const sums = { gross: 0, spread: 0, impact: 0, fees: 0, net: 0, exposure: 0 }
    for (const { ledger, mark } of markets) {
      const { gross, spread, impact, fees, net } = ledger.profitAndLoss(mark)
      sums.gross += gross
      sums.spread += spread
      sums.impact += impact
      sums.fees += fees
      sums.net += net
      sums.exposure += ledger.position === 0 ? 0 : ledger.notional(mark, Math.abs(ledger.position))
    }
    this.curve.ts.push(ts)
    for (const name of ['gross', 'spread', 'impact', 'fees', 'net', 'exposure'] as const) this.curve[name].push(sums[name])
  }

  /** After a fill, or a move of the mid of what we hold. */
  watch(markets: readonly Market[], now: Micros): void {
    let equity = 0
    let exposed = false
    for (const { ledger, mark } of markets) {
      equity += ledger.equity(mark)
      exposed ||= ledger.position !== 0
    }
    if (equity >= this.peak) {
      this.risen(now)
      this.peak = equity
      this.peakAt = now
    } else {
      this.below = true
      if (this.peak - equity > this.maxDrawdown) this.maxDrawdown = this.peak - equity
    }
    if (exposed && Number.isNaN(this.exposedSince)) this.exposedSince = now
    else if (!exposed && !Number.isNaN(this.exposedSince)) {
      this.exposedMicros += now - this.exposedSince
      this.exposedSince = NaN
    }
  }

  finish(markets: readonly Market[], now: Micros): void {
    this.watch(markets, now)
    if (!Number.isNaN(this.exposedSince)) this.exposedMicros += now - this.exposedSince
    this.risen(now)
    this.row(markets, now)
  }

  private risen(now: Micros): void {
    if (this.below && now - this.peakAt > this.maxDrawdownMicros) this.maxDrawdownMicros = now - this.peakAt
    this.below = false
  }
}
