import { LobError } from '@rxlob/core'

/** A saved state under inspection. Every reader throws `LOB_MODEL` where the part is not as `save` writes it. */
export interface SavedState {
  has(part: string): boolean
  number(part: string): number
  /** Finite numbers, copied; of the given count where one is given. */
  numbers(part: string, count?: number): number[]
  flag(part: string): boolean
  text(part: string): string
  /** The part as JSON data, unchecked. */
  value(part: string): unknown
  state(part: string): SavedState
  states(part: string): SavedState[]
  /** Throws `LOB_COLUMN_MISMATCH` unless the part equals `own` as JSON data. */
  same(part: string, own: unknown): void
  /** The error for a part that is not as `save` writes it. */
  broken(part: string): LobError
}

/**
 * Opens a state that `load` was given.
 *
 * @throws {LobError} LOB_MODEL where it is no object.
 */
export function savedState(learner: string, state: unknown, path = ''): SavedState {
  const broken = (part: string): LobError =>
    new LobError('LOB_MODEL', `${learner}: the state's ${path}${part} is not as save() writes it; pass what it returned, or that from JSON, unchanged.`)
  if (typeof state !== 'object' || state === null || Array.isArray(state)) throw broken('form')
  const record = state as Record<string, unknown>
  const checked = <T>(part: string, holds: (value: unknown) => value is T): T => {
    const value = record[part]
    if (!holds(value)) throw broken(part)
    return value
  }
  const inner = (part: string, value: unknown): SavedState => savedState(learner, value, `${path}${part}.`)
  return {
    broken,
    has: (part) => record[part] !== undefined,
    number: (part) => checked(part, isFinite),
    numbers: (part, count) => {
      const list = checked(part, (value): value is number[] => Array.isArray(value) && value.every(isFinite))
      if (count !== undefined && list.length !== count) throw broken(part)
      return [...list]
    },
    flag: (part) => checked(part, (value) => typeof value === 'boolean'),
    text: (part) => checked(part, (value) => typeof value === 'string'),
    value: (part) => record[part],
    state: (part) => inner(part, record[part]),
    states: (part) => checked(part, Array.isArray).map((value: unknown) => inner(part, value)),
    same: (part, own) => {
      if (canonical(record[part]) === canonical(own)) return
      throw new LobError('LOB_COLUMN_MISMATCH', `${learner}: the state was saved with the ${path}${part} ${JSON.stringify(record[part])}, this learner has ${JSON.stringify(own)}.`)
    },
  }
}

const isFinite = (value: unknown): value is number => Number.isFinite(value)

/** JSON with sorted keys: equal for equal data, whatever wrote it. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  ) ?? 'undefined'
