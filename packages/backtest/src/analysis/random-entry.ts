import { integerOption, LobError, seededRandom, type Instrument, type Lots, type Micros } from '@rxlob/core'
import { Ledger } from '../engine/ledger.js'
import type { QuoteTape } from './quote-tape.js'

/** What is drawn again at random times: direction, size and time held of a trade. */
export interface HeldTrade {
  readonly direction: 1 | -1
  readonly lots: Lots
  readonly openedAt: Micros
  readonly closedAt: Micros
  /** After all costs, settlement currency. */
  readonly net: number
}

export interface RandomEntryOptions {
  readonly instrument: Instrument
  readonly quotes: QuoteTape
  /** Of the value traded, a side, basis points. Default 0. */
  readonly feeBps?: number
  /** Runs of random trades. Default 1000. */
  readonly draws?: number
  /** Default 1. */
  readonly seed?: number
}

export interface RandomEntry {
  readonly draws: number
  /** Net of the trades that were compared. */
  readonly net: number
  /** Mean of the random runs, and the middle 95 % of them. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Share of random runs that made less: 0.5 is no skill in timing. */
  readonly percentile: number
}

/**
 * The same trades at random times: each keeps its direction, size and time held, and takes the touch on both sides. Tells timing from luck
 * of direction and from the cost of trading at all.
 *
 * @throws {LobError} LOB_BAD_OPTION where there is no quote to trade at, or a number is out of range.
 */
export function randomEntry(trades: readonly HeldTrade[], options: RandomEntryOptions): RandomEntry {
  const { instrument, quotes, feeBps = 0 } = options
  const draws = integerOption('draws', options.draws ?? 1000, 1)
  const random = seededRandom(options.seed ?? 1)
  const ledger = new Ledger(instrument)
  const { ts, bid, ask } = quotes
  const from = ts[0] ?? NaN
  const to = ts[ts.length - 1] ?? NaN
  if (!(to > from)) throw new LobError('LOB_BAD_OPTION', `randomEntry: expected quotes over some time, got ${ts.length} rows.`)
  const net = trades.reduce((sum, trade) => sum + trade.net, 0)
  const results = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    for (const { direction, lots, openedAt, closedAt } of trades) {
      const held = Math.min(closedAt - openedAt, to - from)
      let profit = NaN
      // A time without a quote is drawn again.
      for (let attempt = 0; Number.isNaN(profit) && attempt < 1000; attempt++) {
        const start = from + random() * (to - from - held)
        const open = rowAt(ts, start)
        const close = rowAt(ts, start + held)
        const entry = direction === 1 ? ask[open]! : bid[open]!
        const exit = direction === 1 ? bid[close]! : ask[close]!
        const fees = ((ledger.notional(entry, lots) + ledger.notional(exit, lots)) * feeBps) / 10_000
        profit = direction * ledger.value(entry, exit, lots) - fees
      }
      if (Number.isNaN(profit)) throw new LobError('LOB_BAD_OPTION', 'randomEntry: found no time with quotes on both sides.')
      results[draw]! += profit
    }
  }
  results.sort()
  const at = (share: number): number => results[Math.min(draws - 1, Math.floor(share * draws))]!
  let below = 0
  for (const result of results) below += result < net ? 1 : result === net ? 0.5 : 0
  return { draws, net, mean: results.reduce((sum, value) => sum + value, 0) / draws, low: at(0.025), high: at(0.975), percentile: below / draws }
}

/** Last row at or before a time. */
function rowAt(ts: Float64Array, time: Micros): number {
  let low = 0
  let high = ts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ts[middle]! <= time) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
