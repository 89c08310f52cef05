import type { Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'
import { symmetricEigen } from '../numeric/symmetric-eigen.js'
import type { Micros } from '../units.js'

export interface IntegratedOfiParameters {
  /** One a level, best first; their absolute values sum to 1. */
  readonly weights: readonly number[]
  /** Share of the variance along the weights, 0 to 1. */
  readonly explained: number
  /** Whether the windows were divided by their mean depth. */
  readonly scaling: 'none' | 'depth'
}

export interface FitIntegratedOfiOptions {
  readonly instrument: InstrumentId
  /** `tsLocal` of the first and the last row that went into the windows. */
  readonly from: Micros
  readonly to: Micros
  /** Mean over the window of (bidLots + askLots) / 2 a level, one a window: divides it. Left out, windows count as they are. */
  readonly depths?: ArrayLike<number>
}

/**
 * Weights of the levels in the integrated OFI: the first principal component of multi-level OFI over training windows.
 *
 *   w = first eigenvector of the covariance (centred, n - 1) of the windows' vectors;  weights = w / sum |w_m|, with sum w_m > 0
 *
 * `windows` holds one vector a window: the sums over its events of the columns of `ofiByLevel`. A window with a NaN, or with a depth
 * that is not above 0, is left out; `rows` says how many were used. Fit on training windows alone.
 *
 * @throws {LobError} LOB_BAD_OPTION where the windows differ in length, fewer than two can be used, or they do not vary.
 * @see Cont, Cucuringu and Zhang (2023), Quantitative Finance 23(10), section 2.3
 */
export function fitIntegratedOfi(windows: readonly ArrayLike<number>[], options: FitIntegratedOfiOptions): Fitted<IntegratedOfiParameters> {
  const { instrument, from, to, depths } = options
  const levels = windows[0]?.length ?? 0
  if (depths && depths.length !== windows.length) {
    throw new LobError('LOB_BAD_OPTION', `Option depths: expected one a window, ${windows.length}, got ${depths.length}.`)
  }
  const rows: Float64Array[] = []
  windows.forEach((window, row) => {
    if (window.length !== levels) {
      throw new LobError('LOB_BAD_OPTION', `Window ${row}: expected ${levels} levels as in the first, got ${window.length}.`)
    }
    const depth = depths ? depths[row] : 1
    const vector = Float64Array.from(window, (value) => value / (depth! > 0 ? depth! : NaN))
    if (vector.every(Number.isFinite)) rows.push(vector)
  })
  if (rows.length < 2) throw new LobError('LOB_BAD_OPTION', `Expected two or more windows without NaN, got ${rows.length} of ${windows.length}.`)
  const { values, vectors } = symmetricEigen(covariance(rows, levels), levels)
  const total = values.reduce((sum, value) => sum + value, 0)
  if (!(total > 0)) throw new LobError('LOB_BAD_OPTION', `Expected windows that vary, got ${rows.length} equal ones.`)
  const first = vectors.subarray(0, levels)
  const norm = first.reduce((sum, value) => sum + Math.abs(value), 0) * (first.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1)
  return {
    parameters: { weights: Array.from(first, (value) => value / norm), explained: values[0]! / total, scaling: depths ? 'depth' : 'none' },
    instrument,
    from,
    to,
    rows: rows.length,
  }
}

function covariance(rows: readonly Float64Array[], size: number): Float64Array {
  const means = Float64Array.from({ length: size }, (_, level) => rows.reduce((sum, row) => sum + row[level]!, 0) / rows.length)
  const out = new Float64Array(size * size)
  for (const row of rows) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) out[i * size + j]! += ((row[i]! - means[i]!) * (row[j]! - means[j]!)) / (rows.length - 1)
    }
  }
  return out
}
