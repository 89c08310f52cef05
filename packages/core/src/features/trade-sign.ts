import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'
import { signingName, tradeSigner, type SigningName, type TradeSigning } from './trade-signer.js'

export interface TradeSignOptions {
  /** `exchange`: the venue's flag; `lee-ready`: the price against the mid before the trade; `tick-rule`: the last change of price. Default `exchange`. */
  readonly signing?: TradeSigning
}

/**
 * Whether the taker of the event's trade bought or sold.
 *
 *   exchange: the flag;  lee-ready: sign(p - mid before the trade), where that is 0 the tick rule;  tick-rule: sign of the last non-zero change of trade price
 *
 * Unit: ratio: +1 bought, -1 sold. Column `trade_sign`, `trade_sign_lee_ready` or `trade_sign_tick_rule`. Regular and hidden trades count.
 * NaN where nothing traded and where the rule cannot say: no flag, no mid before the trade, no change of price yet. `lee-ready` reads the book and is
 * NaN while it is crossed or not synced; the others follow the `trades` channel. Cost: O(1) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `signing` is none of the three.
 * @see Lee and Ready (1991), J. Finance 46(2); the lag of five seconds that they advise belongs to the quotes of their day
 * @example
 * tradeSign({ signing: 'lee-ready' }) // column trade_sign_lee_ready
 */
export function tradeSign<const Options extends TradeSignOptions>(options: Options = {} as Options): Feature<SignName<Options>> {
  const { signing = 'exchange' } = options
  const suffix = signingName(options)
  return defineFeature({
    name: (suffix === '' ? 'trade_sign' : `trade_sign_${suffix.slice(0, -1)}`) as SignName<Options>,
    unit: 'ratio',
    depth: signing === 'lee-ready' ? 1 : 0,
    options: { signing },
    init: () => tradeSigner.init(),
    step: (state, tick) => {
      const sign = tradeSigner.sign(state, tick, signing)
      if (signing === 'lee-ready') tradeSigner.see(state, tick)
      return sign
    },
  })
}

type SignName<Options extends TradeSignOptions> = SigningName<Options> extends `${infer Rule}_` ? `trade_sign_${Rule}` : 'trade_sign'
