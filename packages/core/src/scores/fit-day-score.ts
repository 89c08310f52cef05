import type { FeatureFrame } from '../batch/feature-frame.js'
import type { Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'

export interface DayScoreParameters {
  /** One a column, in the order of the frame. */
  readonly columns: readonly string[]
  readonly means: readonly number[]
  /** Standard deviations (n - 1), above 0. */
  readonly scales: readonly number[]
}

/**
 * Mean and standard deviation of every column of a frame: of the day before, or of the days before that, for `dayScore`.
 *
 * NaN values are left out, column by column; `rows` is that of the frame. Two passes, so that prices keep their digits.
 *
 * @throws {LobError} LOB_BAD_OPTION where a column has fewer than two values, or all its values are equal.
 * @example
 * const yesterday = fitDayScore(await collectFrame(lobster({ folder, symbol, levels, date: '2012-06-20' }), [spread()]))
 * features([dayScore(spread(), yesterday)])
 */
export function fitDayScore(frame: FeatureFrame): Fitted<DayScoreParameters> {
  const { columns, length, values, tsLocal, instrument } = frame
  const width = columns.length
  const means: number[] = []
  const scales: number[] = []
  columns.forEach(({ name }, column) => {
    let [count, sum, squares] = [0, 0, 0]
    for (let at = column; at < length * width; at += width) {
      if (Number.isNaN(values[at]!)) continue
      count++
      sum += values[at]!
    }
    const mean = sum / count
    for (let at = column; at < length * width; at += width) if (!Number.isNaN(values[at]!)) squares += (values[at]! - mean) ** 2
    const scale = Math.sqrt(squares / (count - 1))
    if (!(count > 1 && scale > 0)) throw new LobError('LOB_BAD_OPTION', `Column ${name}: expected two or more values that differ, got ${count} with a spread of ${count > 1 ? scale : 0}.`)
    means.push(mean)
    scales.push(scale)
  })
  return { parameters: { columns: columns.map(({ name }) => name), means, scales }, instrument, from: tsLocal[0] ?? NaN, to: tsLocal[length - 1] ?? NaN, rows: length }
}
