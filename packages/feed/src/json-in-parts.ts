import type { InParts } from './in-parts.js'

const quote = 34, comma = 44, openList = 91, backslash = 92, closeList = 93, openObject = 123, closeObject = 125

/** A list or object that is larger than a part: filled as its parts are read. */
interface Opened {
  readonly value: unknown[] | Record<string, unknown>
  /** Where the elements begin that are not in it yet, the comma before them included. */
  from: number
  /** It has an element: a comma must come before the next. */
  begun: boolean
}

/** A bracket that was passed. */
interface Bracket {
  readonly at: number
  readonly isList: boolean
  /** The string before it: its key, where it stands in an object. */
  readonly keyFrom: number
  readonly keyTo: number
}

/**
 * `JSON.parse` of UTF-8 text that rests between parts: the same value for every text that it takes, an error for every one that it does not.
 *
 * The bytes are walked once for brackets, commas and strings; whole elements go to `JSON.parse`, many at a time. Only lists and objects
 * larger than a part are put together here. Cost: about a fifth more than `JSON.parse`, and an element larger than all of it is never held twice.
 *
 * @param partBytes What `JSON.parse` is given at a time, about. Default 64 KiB: a millisecond.
 * @throws {SyntaxError} where it is no JSON. @throws {TypeError} where it is no UTF-8.
 */
export function* jsonInParts(bytes: Uint8Array, partBytes = 65_536): InParts<unknown> {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const begin = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const parse = (from: number, to: number, head: string, tail: string): unknown => JSON.parse(head + text.decode(bytes.subarray(from, to)) + tail)
  if (bytes.length - begin <= partBytes) return parse(begin, bytes.length, '', '')

  /** The document is the one element of a list that it does not write: so it is like any other. */
  const root: unknown[] = []
  const opened: Opened[] = [{ value: root, from: begin, begun: false }]
  /** Brackets passed within the innermost opened value, outermost first. */
  let passed: Bracket[] = []
  let keyFrom = 0
  let keyTo = 0
  let nextPart = begin + partBytes

  /** Reads the elements up to `to`; `tail` stands for one that begins there and is not whole. */
  function take(to: number, closes: boolean, tail = ''): void {
    const current = opened.at(-1)!
    const { value } = current
    let { from } = current
    if (current.begun) {
      while (from < to && isBlank(bytes[from]!)) from++
      if (from === to && tail === '') return
      if (from === to || bytes[from++] !== comma) throw new SyntaxError(`Expected ',' between elements at byte ${from} of a JSON text.`)
    }
    let taken: number
    if (Array.isArray(value)) {
      const list = parse(from, to, '[', `${tail}]`) as unknown[]
      for (let at = 0; at < list.length; at++) value.push(list[at])
      taken = list.length
    } else {
      const fields = parse(from, to, '{', `${tail}}`) as Record<string, unknown>
      const keys = Object.keys(fields)
      for (const key of keys) define(value, key, fields[key])
      taken = keys.length
    }
    // What a comma stands before or after must not be nothing.
    if (taken === 0 && (current.begun || !closes)) throw new SyntaxError(`Expected an element at byte ${from} of a JSON text.`)
    current.from = to
    current.begun ||= taken > 0
  }

  /** The brackets passed so far are of values that do not fit in a part. */
  function openPassed(): void {
    for (const { at, isList, keyFrom, keyTo } of passed) {
      const parent = opened.at(-1)!
      take(at, false, 'null')
      const value: Opened['value'] = isList ? [] : {}
      if (Array.isArray(parent.value)) parent.value[parent.value.length - 1] = value
      else define(parent.value, parse(keyFrom, keyTo, '', '') as string, value)
      opened.push({ value, from: at + 1, begun: false })
    }
    passed = []
  }

  for (let at = begin; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === quote) {
      keyFrom = at
      for (at++; at < bytes.length && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
      keyTo = at + 1
    } else if (byte === comma) {
      if (at < nextPart) continue
      openPassed()
      take(at, false)
      nextPart = at + partBytes
      yield
    } else if (byte === openList || byte === openObject) passed.push({ at, isList: byte === openList, keyFrom, keyTo })
    else if (byte === closeList || byte === closeObject) {
      if (passed.length > 0) {
        passed.pop()
        continue
      }
      const { value } = opened.at(-1)!
      if (opened.length === 1 || Array.isArray(value) !== (byte === closeList)) throw new SyntaxError(`Unexpected bracket at byte ${at} of a JSON text.`)
      take(at, true)
      opened.pop()
      opened.at(-1)!.from = at + 1
    }
  }
  if (opened.length > 1) throw new SyntaxError('Unexpected end of a JSON text.')
  take(bytes.length, true)
  if (root.length !== 1) throw new SyntaxError('Expected one JSON value.')
  return root[0]
}

const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 10 || byte === 13

/** As `JSON.parse` does: `__proto__` is a key like any other. */
function define(value: Record<string, unknown>, key: string, field: unknown): void {
  if (key === '__proto__') Object.defineProperty(value, key, { value: field, writable: true, enumerable: true, configurable: true })
  else value[key] = field
}
