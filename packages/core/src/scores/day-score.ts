import type { Feature, Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import type { DayScoreParameters } from './fit-day-score.js'
import { scoreFeature } from './score-feature.js'

/**
 * Every column of a feature as its distance from the mean of an earlier day, in that day's standard deviations.
 *
 *   z(t) = (x(t) - mean) / sd,  mean and sd frozen
 *
 * Unit: ratio. Columns `<column>_z_day`. NaN where the value is, and for rows up to the end of the data that it was fitted on: a score there would have
 * seen its own future. Cost: O(columns) an event, no memory.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where the fit lacks a column of the feature.
 * @see Zhang, Zohren and Roberts (2019), IEEE Transactions on Signal Processing 67(11), section 3.2, which scales by the five days before
 * @example
 * dayScore(spread(), fitDayScore(yesterday)) // column spread_z_day
 */
export function dayScore<const Name extends string>(feature: Feature<Name>, fitted: Fitted<DayScoreParameters>): Feature<`${Name}_z_day`> {
  const { columns, means, scales } = fitted.parameters
  const places = feature.columns.map(({ name }) => {
    const at = columns.indexOf(name)
    if (at < 0 || !Number.isFinite(means[at]) || !(scales[at]! > 0)) {
      throw new LobError('LOB_COLUMN_MISMATCH', `Expected a fit with a mean and a scale for ${name}, got one for ${columns.join(', ')}.`)
    }
    return at
  })
  return scoreFeature(feature, {
    suffix: 'z_day',
    options: { means: places.map((at) => means[at]), scales: places.map((at) => scales[at]), to: fitted.to },
    init: (column) => ({ mean: means[places[column]!]!, scale: scales[places[column]!]! }),
    step: ({ mean, scale }, value, { tsLocal }) => (tsLocal > fitted.to ? (value - mean) / scale : NaN),
  })
}
