import { LobError, numberOption, type CostModel } from '@rxlob/core'
import { notional } from './notional.js'

/** Rates from a volume on. Negative rates are rebates. */
export interface FeeTier {
  /** Least traded volume of the venue's period (usually 30 days), settlement currency, 0 or more. */
  readonly fromVolume: number
  /** Hundredths of a percent of the traded value, -100 to 1000. */
  readonly makerBps: number
  readonly takerBps: number
}

export interface FeeScheduleOptions {
  /** Rising by `fromVolume`; the first from 0. */
  readonly tiers: readonly FeeTier[]
  /** Volume of the period, which chooses the tier, settlement currency. Default 0. */
  readonly volume?: number
  /** Settlement currency a base unit (a share), added to the rates, -1 to 1. Default 0. */
  readonly makerPerUnit?: number
  /** Default 0. */
  readonly takerPerUnit?: number
}

/**
 * Maker and taker fees of a venue.
 *
 *   fee = value * bps / 10,000 + base units * per unit
 *
 * The tier follows from the volume that is given, not from the run's own: the same fill always costs the same.
 *
 * @throws {LobError} LOB_BAD_OPTION where a rate is out of range or tiers do not rise from 0.
 * @example
 * feeSchedule({ tiers: [{ fromVolume: 0, makerBps: 2, takerBps: 5 }] })
 */
export function feeSchedule(options: FeeScheduleOptions): CostModel {
  const { tiers } = options
  const volume = numberOption('volume', options.volume ?? 0, 0, Number.MAX_VALUE)
  const makerPerUnit = numberOption('makerPerUnit', options.makerPerUnit ?? 0, -1, 1)
  const takerPerUnit = numberOption('takerPerUnit', options.takerPerUnit ?? 0, -1, 1)
  tiers.forEach(({ fromVolume, makerBps, takerBps }, at) => {
    numberOption(`tiers[${at}].makerBps`, makerBps, -100, 1000)
    numberOption(`tiers[${at}].takerBps`, takerBps, -100, 1000)
    if (at === 0 ? fromVolume === 0 : fromVolume > tiers[at - 1]!.fromVolume) return
    throw new LobError('LOB_BAD_OPTION', `Option tiers: expected fromVolume to rise from 0, got ${fromVolume} at tier ${at}.`)
  })
  const tier = tiers.findLast(({ fromVolume }) => volume >= fromVolume)
  if (tier === undefined) throw new LobError('LOB_BAD_OPTION', 'Option tiers: expected at least one tier, got none.')
  const { makerBps, takerBps } = tier
  return {
    name: `fees_${makerBps}_${takerBps}_bps`,
    cost: (fill, { instrument }) => {
      const maker = fill.liquidity === 'maker'
      const units = fill.lots * instrument.lotSize
      return { spread: 0, impact: 0, fee: (notional(fill, instrument) * (maker ? makerBps : takerBps)) / 10_000 + units * (maker ? makerPerUnit : takerPerUnit) }
    },
  }
}
