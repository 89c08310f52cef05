import { LobError } from '@rxlob/core'

/** Of each column: (x - mean) / scale. */
export interface Scaling {
  readonly mean: Float64Array
  readonly scale: Float64Array
}

/** Mean and standard deviation of each column over rows of `columns` numbers; scale 1 where a column is constant. */
export function scalingOf(rows: readonly Float32Array[], columns: number): Scaling {
  const mean = new Float64Array(columns)
  const scale = new Float64Array(columns)
  for (const row of rows) for (let j = 0; j < columns; j++) mean[j]! += row[j]! / rows.length
  for (const row of rows) for (let j = 0; j < columns; j++) scale[j]! += (row[j]! - mean[j]!) ** 2 / rows.length
  return { mean, scale: scale.map((variance) => (variance > 0 ? Math.sqrt(variance) : 1)) }
}

/**
 * Writes a 1 for the intercept, then the window's numbers, scaled by column and cut at `clip` on both sides.
 *
 * @throws {LobError} LOB_MODEL where a number of the window is NaN or infinite: it would never leave the weights again.
 */
export function fillInput(learner: string, input: Float64Array, data: Float32Array, scaling: Scaling | undefined, clip: number): void {
  input[0] = 1
  const columns = scaling?.mean.length ?? data.length
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!
    if (!Number.isFinite(value)) throw new LobError('LOB_MODEL', `${learner}: number ${at} of the window is ${value}; leave out rows with undefined features.`)
    const scaled = scaling === undefined ? value : (value - scaling.mean[at % columns]!) / scaling.scale[at % columns]!
    input[at + 1] = Math.max(-clip, Math.min(clip, scaled))
  }
}
