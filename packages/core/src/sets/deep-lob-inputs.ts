import type { Feature, Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { bookLevels } from '../features/book-levels.js'
import type { RollingSpan } from '../features/rolling-span.js'
import { dayScore } from '../scores/day-score.js'
import type { DayScoreParameters } from '../scores/fit-day-score.js'
import { rollingScore } from '../scores/rolling-score.js'

/** How the columns are scaled: by rows or time just before, by days before, or not at all. One of the three. */
export type DeepLobInputsOptions =
  | { readonly rolling: RollingSpan; readonly fitted?: never; readonly raw?: never }
  | { readonly fitted: Fitted<DayScoreParameters>; readonly rolling?: never; readonly raw?: never }
  | { readonly raw: true; readonly rolling?: never; readonly fitted?: never }

/**
 * The inputs of DeepLOB and its kin, version 1: prices and sizes of ten levels a side, 40 columns in the order of FI-2010, scaled by the past alone.
 *
 * `fitted` scales by mean and standard deviation of days before (`fitDayScore` of the `raw` columns), as the authors do by the five days before; `rolling` by
 * the rows just before, for a first day. Columns as of `bookLevels`, with the ending of `dayScore` or `rollingScore`.
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `rolling`, `fitted` and `raw` is given.
 * @see Zhang, Zohren and Roberts (2019), IEEE Transactions on Signal Processing 67(11), section 3
 * @example
 * features(deepLobInputs({ rolling: { ticks: 10_000 } })) // columns ask_price_1_z_10000, ask_lots_1_z_10000, ...
 */
export function deepLobInputs(options: DeepLobInputsOptions): readonly Feature[] {
  const { rolling, fitted, raw } = options
  if ([rolling, fitted, raw].filter(Boolean).length !== 1) throw new LobError('LOB_BAD_OPTION', 'Options rolling, fitted and raw: expected exactly one.')
  const levels = bookLevels({ levels: 10 })
  if (rolling !== undefined) return [rollingScore(levels, rolling)]
  return [fitted === undefined ? levels : dayScore(levels, fitted)]
}
