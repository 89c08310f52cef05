import { LobError, type InputSpec } from '@rxlob/core'
import type { Scaling } from './input-scaling.js'

/** What `bayesianLogistic` keeps between rows. */
export interface LearnerState {
  readonly scaling: Scaling | undefined
  readonly warm: boolean
  readonly warmUp: { readonly data: Float32Array; readonly target: number; readonly weight: number }[]
  readonly sinceForgetting: number
  readonly mean: Float64Array
  readonly covariance: Float64Array
}

export interface ExpectedState {
  readonly name: string
  readonly input: InputSpec
  readonly classes: readonly string[]
  /** Length of `mean`. */
  readonly weights: number
}

/**
 * Checks a saved state and copies it out; nothing is half loaded.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where it was saved with other columns, features, windows or classes; LOB_MODEL where `save` did not make it.
 */
export function readState(state: unknown, expected: ExpectedState): LearnerState {
  const broken = (what: string): LobError =>
    new LobError('LOB_MODEL', `${expected.name}: the state's ${what} is not as save() writes it; pass what it returned, or that from JSON, unchanged.`)
  const record = (value: unknown, what: string): Record<string, unknown> => {
    if (typeof value !== 'object' || value === null) throw broken(what)
    return value as Record<string, unknown>
  }
  const numbers = (value: unknown, length: number, what: string): number[] => {
    if (!Array.isArray(value) || value.length !== length || !value.every((entry) => Number.isFinite(entry))) throw broken(what)
    return value as number[]
  }
  const saved = record(state, 'form')
  if (saved['model'] !== 'bayesian_logistic' || saved['version'] !== 1) throw broken('model or version')
  for (const [what, want, got] of [
    ['input', expected.input, saved['input']],
    ['classes', expected.classes, saved['classes']],
  ] as const) {
    if (canonical(want) === canonical(got)) continue
    throw new LobError('LOB_COLUMN_MISMATCH', `${expected.name}: the state was saved with the ${what} ${JSON.stringify(got)}, this learner has ${JSON.stringify(want)}.`)
  }
  const { weights, input } = expected
  const inputs = input.length * input.columns.length
  if (typeof saved['warm'] !== 'boolean') throw broken('warm')
  if (!Array.isArray(saved['warmUp'])) throw broken('warmUp')
  const warmUp = saved['warmUp'].map((entry: unknown) => {
    const row = record(entry, 'warmUp')
    const [target, weight] = numbers([row['target'], row['weight']], 2, 'warmUp')
    if (!Number.isInteger(target) || target! < 0 || target! >= expected.classes.length || weight! < 0) throw broken('warmUp')
    return { data: Float32Array.from(numbers(row['data'], inputs, 'warmUp')), target: target!, weight: weight! }
  })
  const scaling = saved['scaling'] === undefined ? undefined : record(saved['scaling'], 'scaling')
  const triangle = numbers(saved['covariance'], (weights * (weights + 1)) / 2, 'covariance')
  const covariance = new Float64Array(weights * weights)
  for (let row = 0, at = 0; row < weights; row++) {
    for (let column = 0; column <= row; column++, at++) covariance[row * weights + column] = covariance[column * weights + row] = triangle[at]!
  }
  const columns = input.columns.length
  return {
    warm: saved['warm'],
    warmUp,
    scaling: scaling && {
      mean: Float64Array.from(numbers(scaling['mean'], columns, 'scaling')),
      scale: Float64Array.from(numbers(scaling['scale'], columns, 'scaling')),
    },
    sinceForgetting: numbers([saved['sinceForgetting']], 1, 'sinceForgetting')[0]!,
    mean: Float64Array.from(numbers(saved['mean'], weights, 'mean')),
    covariance,
  }
}

/** JSON with sorted keys: equal for equal data, whatever wrote it. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  ) ?? 'undefined'
