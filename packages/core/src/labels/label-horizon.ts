import type { Horizon } from '../contracts/predictor.js'
import { LobError } from '../errors.js'
import { rollingSpan } from '../features/rolling-span.js'
import { integerOption } from '../option-range.js'
import type { Micros } from '../units.js'

/** How long after a row its label looks: so many rows, or so much time on `tsLocal`. One of the two. */
export type LabelHorizon = { readonly rows: number; readonly micros?: never } | { readonly micros: Micros; readonly rows?: never }

export interface CheckedHorizon {
  /** For a labeler's name: `10`, or `5s`. */
  readonly name: string
  readonly byTime: boolean
  /** Rows or microseconds. */
  readonly length: number
  readonly output: Horizon
}

/** @throws {LobError} LOB_BAD_OPTION where not exactly one of `rows` and `micros` is an integer of 1 or more. */
export function labelHorizon({ rows, micros }: LabelHorizon): CheckedHorizon {
  if ((rows === undefined) === (micros === undefined)) {
    throw new LobError('LOB_BAD_OPTION', `Options rows and micros: expected exactly one, got ${rows === undefined ? 'neither' : 'both'}.`)
  }
  if (rows === undefined) return { ...rollingSpan({ micros: micros! }), output: { micros: micros! } }
  return { name: `${rows}`, byTime: false, length: integerOption('rows', rows, 1), output: { rows } }
}
