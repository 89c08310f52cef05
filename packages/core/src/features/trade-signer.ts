import type { Tick } from '../book/tick.js'
import { LobError } from '../errors.js'
import type { Ticks } from '../units.js'
import { midTicks } from './mid-ticks.js'

/** Who is said to have taken: the venue's own flag, the price against the mid before the trade (ties by the tick rule), or the last change of price. */
export type TradeSigning = 'exchange' | 'lee-ready' | 'tick-rule'

/** The part of a column's name that tells them apart. */
export type SigningName<Options extends { readonly signing?: TradeSigning }> = Options extends { readonly signing: 'lee-ready' }
  ? 'lee_ready_'
  : Options extends { readonly signing: 'tick-rule' }
    ? 'tick_rule_'
    : ''

/** What is remembered of the rows before: plain data. */
export interface TradeSigner {
  /** Of the row before; NaN where it had none. */
  mid: Ticks
  /** Of the last trade. */
  price: Ticks
  /** Sign of the last change between trade prices. */
  trend: number
}

/** @throws {LobError} LOB_BAD_OPTION where `signing` is none of the three. */
export function signingName<Options extends { readonly signing?: TradeSigning }>({ signing = 'exchange' }: Options): SigningName<Options> {
  if (signing !== 'exchange' && signing !== 'lee-ready' && signing !== 'tick-rule') {
    throw new LobError('LOB_BAD_OPTION', `Option signing: expected exchange, lee-ready or tick-rule, got ${String(signing)}.`)
  }
  return (signing === 'exchange' ? '' : signing === 'lee-ready' ? 'lee_ready_' : 'tick_rule_') as SigningName<Options>
}

/** Signs trades, `regular` and `hidden`, with what was known before them. Call `sign` on every row, then `see` where a book is read. */
export const tradeSigner = {
  init: (): TradeSigner => ({ mid: NaN, price: NaN, trend: NaN }),

  /** +1 where the taker bought, -1 where the taker sold; NaN where that is not known or nothing of the kind traded. */
  sign(state: TradeSigner, { tradePrint, tradeTicks, tradeLots }: Tick, signing: TradeSigning): number {
    if (tradePrint !== 'regular' && tradePrint !== 'hidden') return NaN
    if (tradeTicks > state.price) state.trend = 1
    else if (tradeTicks < state.price) state.trend = -1
    state.price = tradeTicks
    if (signing === 'tick-rule') return state.trend
    if (signing === 'exchange') return tradeLots > 0 ? 1 : tradeLots < 0 ? -1 : NaN
    return tradeTicks > state.mid ? 1 : tradeTicks < state.mid ? -1 : tradeTicks === state.mid ? state.trend : NaN
  },

  /** Remembers the mid for the row that comes next. */
  see(state: TradeSigner, { book }: Tick): void {
    state.mid = midTicks(book)
  },
} as const
