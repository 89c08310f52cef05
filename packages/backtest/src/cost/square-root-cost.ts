import { numberOption, type CostModel } from '@rxlob/core'
import { notional } from './notional.js'

export interface SquareRootCostOptions {
  /** Taker fee, hundredths of a percent of the traded value, -100 to 1000. Default 0. */
  readonly feeBps?: number
  /** Maker fee. Default `feeBps`. */
  readonly makerFeeBps?: number
  /** Y of the square-root law, 0 to 10. Default 1. */
  readonly impact?: number
}

/**
 * What taking moves the price by beyond the book that is seen, by the square-root law, and fees. The spread is in the prices paid.
 *
 *   impact = value * Y * volatility * sqrt(lots / lots a second)      fee = value * bps / 10,000
 *
 * Volatility of log returns a square root of a second; both rates as known so far, so days and sessions of any length fall out.
 * Makers pay no impact. 0 impact while volatility or volume are not known yet.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @see squareRootImpact
 */
export function squareRootCost(options: SquareRootCostOptions = {}): CostModel {
  const takerBps = numberOption('feeBps', options.feeBps ?? 0, -100, 1000)
  const makerBps = numberOption('makerFeeBps', options.makerFeeBps ?? takerBps, -100, 1000)
  const y = numberOption('impact', options.impact ?? 1, 0, 10)
  return {
    name: `square_root_${y}_fees_${makerBps}_${takerBps}_bps`,
    cost: (fill, { instrument, volatility, volumeRate }) => {
      const value = notional(fill, instrument)
      const maker = fill.liquidity === 'maker'
      const impact = maker || !(volumeRate > 0) || Number.isNaN(volatility) ? 0 : value * y * volatility * Math.sqrt(fill.lots / volumeRate)
      return { spread: 0, impact, fee: (value * (maker ? makerBps : takerBps)) / 10_000 }
    },
  }
}
