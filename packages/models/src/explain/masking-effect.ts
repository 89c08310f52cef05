import { integerOption, LobError } from '@rxlob/core'

export interface MaskingEffectOptions {
  /** [count, outputs] of [count, length, columns], row-major. */
  readonly model: (inputs: Float32Array, count: number) => ArrayLike<number> | Promise<ArrayLike<number>>
  /** One window, row-major [length, columns]. */
  readonly window: ArrayLike<number>
  readonly columns: number
  /** `[columns]`: what a masked row is set to. Default all 0, the mean of scaled columns. */
  readonly baseline?: ArrayLike<number>
}

/**
 * How far each output moves where one row of a window is masked: what an attention map claims, put to the test.
 *
 * Shape: [length, outputs], row-major: output of the window less output with that row masked. Unit: that of the outputs. Cost: one batch of length + 1 windows.
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match; LOB_MODEL where the model gives another count of numbers.
 * @see Zeiler and Fergus (2014), Visualizing and understanding convolutional networks, section 4.2 (occlusion)
 */
export async function maskingEffect({ model, window, columns: wide, baseline }: MaskingEffectOptions): Promise<Float64Array> {
  const columns = integerOption('columns', wide, 1)
  const length = window.length / columns
  if (!Number.isInteger(length) || length === 0) throw new LobError('LOB_BAD_OPTION', `Option window: expected rows of ${columns} numbers, got ${window.length} in all.`)
  if (baseline !== undefined && baseline.length !== columns) throw new LobError('LOB_BAD_OPTION', `Option baseline: expected ${columns} numbers, got ${baseline.length}.`)
  const batch = new Float32Array((length + 1) * window.length)
  for (let at = 0; at <= length; at++) batch.set(window, at * window.length)
  for (let row = 0; row < length; row++) {
    for (let column = 0; column < columns; column++) batch[(row + 1) * window.length + row * columns + column] = baseline?.[column] ?? 0
  }
  const answers = await model(batch, length + 1)
  const outputs = answers.length / (length + 1)
  if (!Number.isInteger(outputs) || outputs === 0) throw new LobError('LOB_MODEL', `maskingEffect: the model gave ${answers.length} numbers for ${length + 1} windows.`)
  return Float64Array.from({ length: length * outputs }, (_, at) => answers[at % outputs]! - answers[outputs + at]!)
}
