import { LobError } from '@rxlob/core'

/** Parsed JSON read by path; whatever is not there as expected is a LOB_BAD_FILE that names the place. */
export interface JsonReader {
  readonly path: string
  has(key: string): boolean
  at(key: string): JsonReader
  items(): JsonReader[]
  text(): string
  number(): number
  integer(low: number, high: number): number
  oneOf<const Word extends string>(words: readonly Word[]): Word
  numbers(): number[]
  integers(low: number, high: number): number[]
  /** true, false, 1 or 0 each. */
  flags(): boolean[]
}

export function jsonReader(value: unknown, path: string): JsonReader {
  const expected = (what: string): LobError => {
    const got = value === null ? 'null' : Array.isArray(value) ? `a list of ${value.length}` : typeof value === 'object' ? 'an object' : `${typeof value} ${String(value)}`
    return new LobError('LOB_BAD_FILE', `${path}: expected ${what}, got ${got.slice(0, 80)}; the file is damaged or of another kind.`)
  }
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  const list = (what: string): readonly unknown[] => {
    if (!Array.isArray(value)) throw expected(what)
    return value
  }
  return {
    path,
    has: (key) => isRecord && Object.hasOwn(value, key),
    at(key) {
      if (!isRecord || !Object.hasOwn(value, key)) throw expected(`an object with ${key}`)
      return jsonReader((value as Record<string, unknown>)[key], `${path}.${key}`)
    },
    items: () => list('a list').map((entry, at) => jsonReader(entry, `${path}[${at}]`)),
    text() {
      if (typeof value !== 'string') throw expected('a text')
      return value
    },
    number() {
      if (!Number.isFinite(value)) throw expected('a finite number')
      return value as number
    },
    integer(low, high) {
      if (!Number.isInteger(value) || (value as number) < low || (value as number) > high) throw expected(`an integer from ${low} to ${high}`)
      return value as number
    },
    oneOf(words) {
      const word = words.find((entry) => entry === value)
      if (word === undefined) throw expected(`one of ${words.join(', ')}`)
      return word
    },
    numbers() {
      const all = list('a list of numbers')
      if (!all.every(Number.isFinite)) throw expected('a list of finite numbers')
      return all as number[]
    },
    integers(low, high) {
      const all = list('a list of integers')
      if (!all.every((entry) => Number.isInteger(entry) && (entry as number) >= low && (entry as number) <= high)) throw expected(`a list of integers from ${low} to ${high}`)
      return all as number[]
    },
    flags() {
      const all = list('a list of flags')
      if (!all.every((entry) => entry === true || entry === false || entry === 0 || entry === 1)) throw expected('a list of flags')
      return all.map(Boolean)
    },
  }
}
