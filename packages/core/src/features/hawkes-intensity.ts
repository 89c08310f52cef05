import type { Feature, Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { defineVectorFeature } from './define-feature.js'
import type { HawkesParameters } from './fit-hawkes.js'

/**
 * Rates at which buyers and sellers are about to take, each trade having raised them for a while.
 *
 *   lambda_c(t) = mu_c + sum over d of alpha_cd A_d(t),  A_d(t) = sum over trades of type d up to t of exp(-beta (t - t_j));  c, d buy or sell
 *   imbalance = (lambda_buy - lambda_sell) / (lambda_buy + lambda_sell)
 *
 * Unit: per-second and a ratio in [-1, 1], positive for buying. Shape: columns `hawkes_buy`, `hawkes_sell` and `hawkes_imbalance`. The event's own trade counts:
 * it is the intensity just after it. Time is `tsLocal`. `regular` trades count but for those whose taker is not known; of several at one time and side
 * (the fills of one market order) the first alone. Reads no book: it follows the `trades` channel. Starts from mu. Cost: O(1) an event, no window.
 *
 * @throws {LobError} LOB_BAD_OPTION where the fit is not one of two types with finite rates.
 * @see Hawkes (1971), Biometrika 58(1); Bacry, Mastromatteo and Muzy (2015), Market Microstructure and Liquidity 1(1)
 * @example
 * hawkesIntensity(fitHawkes([buys, sells], { instrument, from, to })) // columns hawkes_buy, hawkes_sell, hawkes_imbalance
 */
export function hawkesIntensity(fitted: Fitted<HawkesParameters>): Feature<'hawkes_buy' | 'hawkes_sell' | 'hawkes_imbalance'> {
  const { mu, alpha, beta } = fitted.parameters
  const numbers = [...mu, ...alpha.flat(), beta]
  if (mu.length !== 2 || numbers.length !== 7 || !numbers.every((value) => value >= 0 && Number.isFinite(value))) {
    throw new LobError('LOB_BAD_OPTION', 'Expected a fit of two types, buys and sells, with finite rates of 0 or more.')
  }
  const [muBuy, muSell, buyBuy, buySell, sellBuy, sellSell] = numbers as [number, number, number, number, number, number]
  return defineVectorFeature({
    name: 'hawkes_intensity',
    columns: [
      { name: 'hawkes_buy', unit: 'per-second' },
      { name: 'hawkes_sell', unit: 'per-second' },
      { name: 'hawkes_imbalance', unit: 'ratio' },
    ],
    depth: 0,
    options: { mu, alpha, beta },
    init: () => ({ buys: 0, sells: 0, now: NaN, lastBuy: NaN, lastSell: NaN }),
    step: (state, { tsLocal, tradePrint, tradeLots }, out, at) => {
      const decay = tsLocal > state.now ? Math.exp((-beta * (tsLocal - state.now)) / 1e6) : 1
      state.buys *= decay
      state.sells *= decay
      state.now = tsLocal
      if (tradePrint === 'regular' && tradeLots > 0 && state.lastBuy !== tsLocal) {
        state.buys += 1
        state.lastBuy = tsLocal
      } else if (tradePrint === 'regular' && tradeLots < 0 && state.lastSell !== tsLocal) {
        state.sells += 1
        state.lastSell = tsLocal
      }
      const buy = muBuy + buyBuy * state.buys + buySell * state.sells
      const sell = muSell + sellBuy * state.buys + sellSell * state.sells
      out[at] = buy
      out[at + 1] = sell
      out[at + 2] = (buy - sell) / (buy + sell)
    },
  })
}
