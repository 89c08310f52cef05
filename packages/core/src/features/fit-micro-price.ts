import type { Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'
import { microPriceLimit } from '../numeric/micro-price-limit.js'
import { integerOption } from '../option-range.js'
import type { Micros, Ticks } from '../units.js'
import { microPriceState } from './micro-price-state.js'
import { quantileEdges } from './quantile-edges.js'
import { transitionCounts } from './transition-counts.js'

export interface MicroPriceParameters {
  /** Queue imbalances between the imbalance buckets, ascending, symmetric about 0. */
  readonly edges: readonly number[]
  /** Spread buckets: 1, 2, ... ticks; the last holds every wider spread too. */
  readonly spreads: number
  /** Micro-price less mid in ticks, by spread bucket and within it by imbalance bucket. */
  readonly adjustments: readonly Ticks[]
  /** States that the sample never left; their adjustment is 0. */
  readonly unvisited: number
}

export interface FitMicroPriceOptions {
  /** Buckets of the queue imbalance, 2 or more, cut at quantiles of the sample. Default 10. */
  readonly imbalances?: number
  /** Buckets of the spread, 1 or more. Default 2. */
  readonly spreads?: number
  readonly instrument: InstrumentId
  /** `tsLocal` of the first and the last row. */
  readonly from: Micros
  readonly to: Micros
}

/**
 * The state table of Stoikov's micro-price from successive quotes: where the mid is expected to end up, from each imbalance and spread.
 *
 * One number a row each, in ticks but for the imbalance: mid, spread and `queueImbalance`, of rows sampled with `everyQuote()`. Mids are rounded to halves
 * of a tick; a NaN breaks the chain of rows. Every transition counts once more mirrored, so that the table is antisymmetric and the limit exists;
 * moves of any size count. Fit on training rows alone.
 *
 * @throws {LobError} LOB_BAD_OPTION where the lengths differ, an option is out of its range, or the sample is too thin for its states (take fewer).
 * @see Stoikov (2018), Quantitative Finance 18(12), section 3; the transitions are all kept rather than those of one tick alone
 */
export function fitMicroPrice(
  midTicks: ArrayLike<number>,
  spreadTicks: ArrayLike<number>,
  imbalance: ArrayLike<number>,
  options: FitMicroPriceOptions,
): Fitted<MicroPriceParameters> {
  const { instrument, from, to } = options
  const buckets = integerOption('imbalances', options.imbalances ?? 10, 2)
  const spreads = integerOption('spreads', options.spreads ?? 2, 1)
  if (spreadTicks.length !== midTicks.length || imbalance.length !== midTicks.length) {
    throw new LobError('LOB_BAD_OPTION', `Expected as many spreads and imbalances as mids, ${midTicks.length}, got ${spreadTicks.length} and ${imbalance.length}.`)
  }
  const edges = quantileEdges(imbalance, buckets)
  const states = Array.from(midTicks, (_, row) => microPriceState(edges, spreads, imbalance[row]!, spreadTicks[row]!))
  const counts = transitionCounts(midTicks, states, buckets, spreads)
  const limit = microPriceLimit(counts.still, counts.meanMove, counts.moving)
  if (counts.rows === 0 || limit === undefined) {
    throw new LobError('LOB_BAD_OPTION', `Expected quotes from whose every state the mid moves sooner or later, got ${counts.rows} transitions that do not show it: take fewer buckets or more rows.`)
  }
  const adjustments = Array<number>(buckets * spreads).fill(0)
  counts.visited.forEach((state, at) => (adjustments[state] = limit[at]!))
  return { parameters: { edges: [...edges], spreads, adjustments, unvisited: adjustments.length - counts.visited.length }, instrument, from, to, rows: counts.rows }
}
