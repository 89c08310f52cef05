import { LobError } from '../errors.js'
import { integerOption } from '../option-range.js'

/** How noisy a window of prices is, and the options that this calls for. */
export interface NoiseScales {
  /** Variance w^2 of the noise of one logarithm of a price. */
  readonly noiseVariance: number
  /** Variance of the window freed from most of the noise. */
  readonly integratedVariance: number
  /** For `realizedKernelVolatility`, from 1 to n - 1. */
  readonly bandwidth: number
  /** For `twoScaleVolatility`, from 2 to n - 1. */
  readonly scale: number
}

/**
 * The bandwidth of a realized kernel and the slow grid of a two-scale estimate that suit the noise of training prices.
 *
 *   w^2 = RV / (2 n),  IV = mean over the offsets of a grid of every `sparse`-th price of its RV
 *   bandwidth H = 3.5134 (w^2 / IV)^(2/5) n^(3/5) rounded up,  scale K = (12 w^4 / IV^2)^(1/3) n^(2/3) rounded,  both within the n returns
 *
 * IV stands for the square root of the quarticity, its greatest value, reached where volatility is constant: where it is not, H and K come out large, which costs little.
 * w^2 holds some of the price's own variance, as all of it would be noise. Fit on training data only. Cost: O(n).
 *
 * @param prices Prices (or ticks) at the ends of consecutive bars, 4 or more, all above 0.
 * @throws {LobError} LOB_BAD_OPTION where a price is not above 0, all are equal, or `sparse` is not an integer from 2 to half of the returns.
 * @see Barndorff-Nielsen, Hansen, Lunde and Shephard (2009), Econometrics Journal 12(3), section 2.1; Zhang, Mykland and Ait-Sahalia (2005), equations 58 and 63
 * @example
 * noiseScales(mids, { sparse: 60 }).bandwidth
 */
export function noiseScales(prices: ArrayLike<number>, options: { /** Bars from price to price of the slow grid on which noise hardly shows. */ readonly sparse: number }): NoiseScales {
  const n = prices.length - 1
  const logs = Array.from(prices, (price, at) => {
    if (price > 0 && price < Infinity) return Math.log(price)
    throw new LobError('LOB_BAD_OPTION', `Expected prices above 0, got ${String(price)} at ${at}.`)
  })
  if (n < 3) throw new LobError('LOB_BAD_OPTION', `Expected 4 prices or more, got ${prices.length}.`)
  const sparse = integerOption('sparse', options.sparse, 2, Math.max(2, n >> 1))
  const realized = (every: number): number => logs.reduce((sum, log, at) => (at < every ? sum : sum + (log - logs[at - every]!) ** 2), 0) / every
  const noiseVariance = realized(1) / (2 * n)
  const integratedVariance = realized(sparse)
  if (!(integratedVariance > 0)) throw new LobError('LOB_BAD_OPTION', 'Expected prices that move: there is no variance.')
  const ratio = noiseVariance / integratedVariance
  const within = (value: number, least: number): number => Math.min(Math.max(value, least), n - 1)
  return {
    noiseVariance,
    integratedVariance,
    bandwidth: within(Math.ceil(3.5134 * ratio ** 0.4 * n ** 0.6), 1),
    scale: within(Math.round((12 * ratio * ratio) ** (1 / 3) * n ** (2 / 3)), 2),
  }
}
