import { checkWindow, LobError, type Horizon, type InputSpec, type OutputSpec } from '@rxlob/core'

/** Typed reads of one JSON object; each error names the part by its path. */
export interface RecordReader {
  value(key: string): unknown
  keys(): string[]
  record(key: string): RecordReader
  records(key: string): RecordReader[]
  text(key: string): string
  texts(key: string): string[]
  finite(key: string): number
  finites(key: string): number[]
  integer(key: string, min: number): number
  optionalIntegers<Key extends string>(...keys: Key[]): { [K in Key]?: number }
  hash(key: string): string
  oneOf<const Word extends string>(key: string, words: readonly Word[]): Word
  broken(key: string, expected: string): LobError
}

/** Longest list of names or numbers: a manifest of a million columns is no manifest. */
const maxItems = 100_000

export function recordReader(value: unknown, path: string, file?: string): RecordReader {
  const where = file === undefined ? {} : { file }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LobError('LOB_BAD_FILE', `Expected ${path} to be a JSON object, got ${shown(value)}.`, where)
  }
  // Own properties alone: a file may name `__proto__` or `constructor`.
  const at = (key: string): unknown => (Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined)
  const broken = (key: string, expected: string): LobError =>
    new LobError('LOB_BAD_FILE', `Expected ${path}.${key} to be ${expected}, got ${shown(at(key))}.`, where)
  const list = <T>(key: string, fits: (item: unknown) => item is T, of: string): T[] => {
    const items = at(key)
    if (!Array.isArray(items) || items.length > maxItems || !items.every(fits)) throw broken(key, `a list of ${of}`)
    return items
  }
  const isText = (item: unknown): item is string => typeof item === 'string' && item.length > 0 && item.length <= 4096
  const isFinite = (item: unknown): item is number => Number.isFinite(item)
  const reader: RecordReader = {
    value: at,
    keys: () => Object.keys(value),
    record: (key) => recordReader(at(key), `${path}.${key}`, file),
    records: (key) => list(key, (item): item is object => typeof item === 'object' && item !== null, 'objects').map((item, index) => recordReader(item, `${path}.${key}[${index}]`, file)),
    text(key) {
      const text = at(key)
      if (!isText(text)) throw broken(key, 'a text')
      return text
    },
    texts: (key) => list(key, isText, 'texts'),
    finite(key) {
      const number = at(key)
      if (!isFinite(number)) throw broken(key, 'a finite number')
      return number
    },
    finites: (key) => list(key, isFinite, 'finite numbers'),
    integer(key, min) {
      const number = at(key)
      if (!Number.isSafeInteger(number) || (number as number) < min) throw broken(key, `an integer of ${min} or more`)
      return number as number
    },
    optionalIntegers: (...keys) =>
      Object.fromEntries(keys.filter((key) => at(key) !== undefined).map((key) => [key, reader.integer(key, 0)])) as { [K in (typeof keys)[number]]?: number },
    hash(key) {
      const hash = at(key)
      if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) throw broken(key, 'a SHA-256 of 64 hexadecimal digits')
      return hash
    },
    oneOf(key, words) {
      const word = words.find((one) => one === at(key))
      if (word === undefined) throw broken(key, words.map((one) => `'${one}'`).join(' or '))
      return word
    },
    broken,
  }
  return reader
}

export function readInput(read: RecordReader): InputSpec {
  const scaler = read.value('scaler') === undefined ? undefined : read.record('scaler')
  const input: InputSpec = {
    columns: read.texts('columns'),
    fingerprints: read.texts('fingerprints'),
    sampler: read.text('sampler'),
    length: read.integer('length', 1),
    ...(scaler !== undefined && { scaler: { mean: scaler.finites('mean'), scale: scaler.finites('scale') } }),
  }
  if (input.columns.length === 0 || new Set(input.columns).size !== input.columns.length) throw read.broken('columns', 'one or more different names')
  if (input.fingerprints.length === 0 || input.fingerprints.length > input.columns.length) throw read.broken('fingerprints', `the fingerprints of the features of ${input.columns.length} columns`)
  try {
    checkWindow(input)
  } catch (error) {
    throw new LobError('LOB_BAD_FILE', `${read.broken('scaler', 'a scaler of these columns').message} ${(error as Error).message}`, {}, { cause: error })
  }
  return input
}

export function readOutput(read: RecordReader): OutputSpec {
  const horizonRead = read.record('horizon')
  const horizon: Horizon = horizonRead.value('rows') === undefined ? { micros: horizonRead.integer('micros', 1) } : { rows: horizonRead.integer('rows', 1) }
  if (read.oneOf('kind', ['classes', 'value']) === 'value') return { kind: 'value', unit: read.oneOf('unit', ['ticks', 'return', 'log-return']), horizon }
  const classes = read.texts('classes')
  if (classes.length < 2 || new Set(classes).size !== classes.length) throw read.broken('classes', 'two or more different names')
  return { kind: 'classes', classes, horizon }
}

/** A value as it stands in an error, cut short. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
