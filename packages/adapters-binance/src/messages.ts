import { LobError, type PriceLevel } from '@rxlob/core'
import { decimalOf, jsonInParts, type InParts } from '@rxlob/feed'

/** Price and new size, as text; size 0 removes the level. */
export type WireLevel = readonly [price: string, size: string]

/**
 * Changes of a book between two update ids. `pu` (futures) is `u` of the message before.
 *
 * `{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1001,"u":1003,"b":[["63999.90","0.75"]],"a":[]}`
 */
export interface DepthUpdate {
  readonly type: 'depth'
  readonly stream: string | undefined
  readonly symbol: string
  readonly E: number
  readonly T: number | undefined
  readonly U: number
  readonly u: number
  readonly pu: number | undefined
  readonly b: readonly WireLevel[]
  readonly a: readonly WireLevel[]
}

/**
 * The best 5, 10 or 20 levels, whole. Spot messages name neither symbol nor time: `{"lastUpdateId":1020,"bids":[...],"asks":[...]}`;
 * futures send the shape of a depth update.
 */
export interface PartialDepth {
  readonly type: 'partial'
  readonly stream: string
  readonly symbol: string
  readonly E: number | undefined
  readonly T: number | undefined
  readonly u: number
  readonly b: readonly WireLevel[]
  readonly a: readonly WireLevel[]
}

/** REST: `{"lastUpdateId":1007,"bids":[["64000.10","1.5"]],"asks":[...]}`, futures with `E` and `T`. Its levels are read: price and size as decimals, best first, as the venue gives them. */
export interface DepthSnapshot {
  readonly type: 'snapshot'
  readonly symbol: string
  readonly lastUpdateId: number
  readonly T: number | undefined
  readonly b: readonly PriceLevel[]
  readonly a: readonly PriceLevel[]
}

/**
 * `{"e":"trade","E":1790000000150,"s":"DEMOUSDT","t":9001,"p":"64000.25","q":"0.05","T":1790000000149,"m":false}`, or an `aggTrade`
 * with `a` for its id and the trades `f` to `l` merged into it. `m`: the buyer was the maker, so the taker sold.
 */
export interface TradePrint {
  readonly type: 'trade'
  readonly stream: string | undefined
  readonly symbol: string
  readonly id: number
  /** First and last trade id of an aggregate; equal to `id` for a single trade. */
  readonly f: number
  readonly l: number
  readonly E: number
  readonly T: number
  readonly p: string
  readonly q: string
  readonly m: boolean
  /** Futures: anything but `MARKET` was not a trade on the book. */
  readonly X: string | undefined
}

/** `{"u":1013,"s":"DEMOUSDT","b":"64000.10","B":"1.25","a":"64000.25","A":"0.60"}`; futures with `E` and `T`. */
export interface BookTicker {
  readonly type: 'ticker'
  readonly stream: string | undefined
  readonly symbol: string
  readonly u: number
  readonly E: number | undefined
  readonly T: number | undefined
  readonly b: string
  readonly B: string
  readonly a: string
  readonly A: string
}

/** `{"result":null,"id":1}`, `{"code":2,"msg":"Invalid request: ..."}` or `{"error":{"code":2,"msg":"..."},"id":1}`. */
export interface Reply {
  readonly type: 'reply'
  readonly id: number | undefined
  readonly error: string | undefined
}

/** `{"e":"serverShutdown","E":1790000000123}`, bare or wrapped. */
export interface ServerShutdown {
  readonly type: 'shutdown'
}

/** Streams nobody asked this library for (klines, mark prices, ...). */
export interface OtherMessage {
  readonly type: 'other'
}

export type BinanceMessage = DepthUpdate | PartialDepth | DepthSnapshot | TradePrint | BookTicker | Reply | ServerShutdown | OtherMessage

type Fields = Readonly<Record<string, unknown>>

const text = new TextDecoder('utf-8', { fatal: true })

/**
 * One frame as a message. Known fields are read and checked, unknown ones ignored.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where a known message lacks a field or has one of another type.
 */
export function readMessage(frame: Uint8Array): BinanceMessage {
  const outer = objectOf(JSON.parse(text.decode(frame)))
  const wrapped = typeof outer['stream'] === 'string' && typeof outer['data'] === 'object'
  const stream = wrapped ? (outer['stream'] as string) : undefined
  const data = wrapped ? objectOf(outer['data']) : outer
  const event = data['e']
  if (event === 'depthUpdate') return depthOf(data, stream)
  if (event === 'trade' || event === 'aggTrade') return tradeOf(data, stream)
  if (event === 'bookTicker' || (event === undefined && 'B' in data && 'A' in data)) return tickerOf(data, stream)
  if (event === 'serverShutdown') return { type: 'shutdown' }
  if (event === undefined && 'lastUpdateId' in data && stream !== undefined) return partialOf(data, stream)
  if (event === undefined && ('result' in data || 'code' in data || 'error' in data)) return replyOf(data)
  return { type: 'other' }
}

/** A REST depth answer. @throws {LobError} LOB_BAD_MESSAGE where it is none (an error body among others). */
export const readSnapshot = (body: Uint8Array, symbol: string): DepthSnapshot => snapshotOf(JSON.parse(text.decode(body)), symbol)

/** The same, read in parts. */
export function* readSnapshotInParts(body: Uint8Array, symbol: string): InParts<DepthSnapshot> {
  return snapshotOf(yield* jsonInParts(body), symbol)
}

function snapshotOf(value: unknown, symbol: string): DepthSnapshot {
  const data = objectOf(value)
  return { type: 'snapshot', symbol, lastUpdateId: idOf(data, 'lastUpdateId'), T: optionalId(data, 'T'), b: decimalsOf(levelsOf(data, 'bids')), a: decimalsOf(levelsOf(data, 'asks')) }
}

/** Levels as exact decimals. @throws {LobError} LOB_BAD_MESSAGE where one is no decimal. */
export const decimalsOf = (side: readonly WireLevel[]): PriceLevel[] => side.map(([price, size]) => [decimalOf(price), decimalOf(size)])

/** `btcusdt@depth@100ms` is of BTCUSDT. Symbols may be any text. */
export const symbolOfStream = (stream: string): string => stream.slice(0, stream.indexOf('@')).toUpperCase()

/** `btcusdt@depth20@100ms` is of type `depth20`. */
export const typeOfStream = (stream: string): string => stream.split('@', 2)[1] ?? ''

function depthOf(data: Fields, stream: string | undefined): DepthUpdate | PartialDepth {
  const symbol = textOf(data, 's')
  const shared = { symbol, E: idOf(data, 'E'), T: optionalId(data, 'T'), u: idOf(data, 'u'), b: levelsOf(data, 'b'), a: levelsOf(data, 'a') }
  if (stream !== undefined && /^depth\d/.test(typeOfStream(stream))) return { type: 'partial', stream, ...shared }
  const U = idOf(data, 'U')
  if (U > shared.u) throw bad('U', `at most u (${shared.u})`, U)
  return { type: 'depth', stream, ...shared, U, pu: optionalId(data, 'pu') }
}

function partialOf(data: Fields, stream: string): PartialDepth {
  return { type: 'partial', stream, symbol: symbolOfStream(stream), E: undefined, T: undefined, u: idOf(data, 'lastUpdateId'), b: levelsOf(data, 'bids'), a: levelsOf(data, 'asks') }
}

function tradeOf(data: Fields, stream: string | undefined): TradePrint {
  const aggregate = data['e'] === 'aggTrade'
  const id = idOf(data, aggregate ? 'a' : 't')
  const m = data['m']
  if (typeof m !== 'boolean') throw bad('m', 'true or false', m)
  return {
    type: 'trade', stream, symbol: textOf(data, 's'), id, f: aggregate ? idOf(data, 'f') : id, l: aggregate ? idOf(data, 'l') : id,
    E: idOf(data, 'E'), T: idOf(data, 'T'), p: textOf(data, 'p'), q: textOf(data, 'q'), m, X: data['X'] === undefined ? undefined : textOf(data, 'X'),
  }
}

function tickerOf(data: Fields, stream: string | undefined): BookTicker {
  return {
    type: 'ticker', stream, symbol: textOf(data, 's'), u: idOf(data, 'u'), E: optionalId(data, 'E'), T: optionalId(data, 'T'),
    b: textOf(data, 'b'), B: textOf(data, 'B'), a: textOf(data, 'a'), A: textOf(data, 'A'),
  }
}

function replyOf(data: Fields): Reply {
  const error = 'error' in data ? objectOf(data['error']) : data
  const id = typeof data['id'] === 'number' ? data['id'] : undefined
  return { type: 'reply', id, error: 'code' in error ? `${String(error['code'])} ${String(error['msg'])}` : undefined }
}

function objectOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new LobError('LOB_BAD_MESSAGE', `Expected a JSON object, got ${JSON.stringify(value)?.slice(0, 100)}.`)
}

/** Ids and times: an integer that a double holds exactly, or a decode error rather than a rounded one. */
function idOf(data: Fields, field: string): number {
  const value = data[field]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw bad(field, 'an integer from 0 to 2^53', value)
}

const optionalId = (data: Fields, field: string): number | undefined => (data[field] === undefined ? undefined : idOf(data, field))

function textOf(data: Fields, field: string): string {
  const value = data[field]
  if (typeof value === 'string' && value !== '') return value
  throw bad(field, 'text', value)
}

function levelsOf(data: Fields, field: string): readonly WireLevel[] {
  const value = data[field]
  if (!Array.isArray(value)) throw bad(field, 'a list of levels', value)
  for (const level of value) {
    if (!Array.isArray(level) || typeof level[0] !== 'string' || typeof level[1] !== 'string') throw bad(field, 'levels of ["price", "size"]', level)
  }
  return value as WireLevel[]
}

const bad = (field: string, expected: string, got: unknown): LobError =>
  new LobError('LOB_BAD_MESSAGE', `Field ${field}: expected ${expected}, got ${JSON.stringify(got)?.slice(0, 100)}.`)
