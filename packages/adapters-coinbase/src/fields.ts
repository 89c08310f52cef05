import { LobError } from '@rxlob/core'
import { jsonInParts, type InParts } from '@rxlob/feed'
import type { CoinbaseMessage, OddMessage } from './messages.js'

/** A JSON object, nothing known of it yet. */
export type Fields = Readonly<Record<string, unknown>>

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @throws {LobError} LOB_BAD_MESSAGE where the frame is no JSON object. */
export function objectIn(frame: Uint8Array): Fields {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(frame))
  } catch {
    throw noJson(frame)
  }
  return objectOf(value)
}

/** The same in parts. */
export function* objectInParts(frame: Uint8Array): InParts<Fields> {
  let value: unknown
  try {
    value = yield* jsonInParts(frame)
  } catch {
    throw noJson(frame)
  }
  return objectOf(value)
}

const noJson = (frame: Uint8Array): LobError => new LobError('LOB_BAD_MESSAGE', `Expected JSON, got ${JSON.stringify(Buffer.from(frame.subarray(0, 100)).toString('latin1'))}.`)

export function objectOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new LobError('LOB_BAD_MESSAGE', `Expected a JSON object, got ${JSON.stringify(value)?.slice(0, 100)}.`)
}

export function listOf(data: Fields, field: string): readonly unknown[] {
  const value = data[field]
  if (Array.isArray(value)) return value
  throw badField(field, 'a list', value)
}

export function textOf(data: Fields, field: string): string {
  const value = data[field]
  if (typeof value === 'string' && value !== '') return value
  throw badField(field, 'text', value)
}

/** Undefined where the field is absent, null or empty: the venue writes all three for "none". */
export const optionalText = (data: Fields, field: string): string | undefined => (data[field] === undefined || data[field] === null || data[field] === '' ? undefined : textOf(data, field))

/** Ids and numbers, as JSON numbers or as digits: an integer that a double holds exactly, or an error rather than a rounded one. */
export function idOf(data: Fields, field: string): number {
  const value = data[field]
  const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id
  throw badField(field, 'an integer from 0 to 2^53', value)
}

export const optionalId = (data: Fields, field: string): number | undefined => (data[field] === undefined ? undefined : idOf(data, field))

/** Reads a message of a known product: one that cannot be true is handed on as `odd`, so that it concerns nobody else. */
export function readOrOdd(product: unknown, channel: OddMessage['channel'], read: () => CoinbaseMessage): CoinbaseMessage {
  try {
    return read()
  } catch (error) {
    if (error instanceof LobError && typeof product === 'string') return { type: 'odd', product, channel, error }
    throw error
  }
}

export const badField = (field: string, expected: string, got: unknown): LobError =>
  new LobError('LOB_BAD_MESSAGE', `Field ${field}: expected ${expected}, got ${JSON.stringify(got)?.slice(0, 100)}.`)
