import { LobError, type Instrument, type Micros } from '@rxlob/core'
import type { WireItem } from './wire-item.js'

/** First line of a recording: format, version, then what was recorded. */
export const wireHeader = 'rxlob-wire 1'

/**
 * One wire item as one line of text: `<tsLocal> <kind> <rest>`. The rest of a message is the message itself, byte for byte;
 * only messages with line ends or other control bytes inside (and binary ones) are written in base64, under a capital letter.
 */
export function wireLine(item: WireItem): Uint8Array {
  const head = (kind: string, rest: string): Buffer => Buffer.from(`${item.tsLocal} ${kind} ${rest}`)
  switch (item.kind) {
    case 'frame':
      return payload(item.tsLocal, 'f', String(item.connection), item.data)
    case 'response':
      return payload(item.tsLocal, 'r', encodeURIComponent(item.symbol), item.data)
    case 'refill':
      return payload(item.tsLocal, 't', encodeURIComponent(item.symbol), item.data)
    case 'instruments':
      return head('i', JSON.stringify(item.instruments))
    case 'open':
      return head('o', `${item.connection} ${JSON.stringify(item.streams)}`)
    case 'close':
      return head('c', `${item.connection} ${JSON.stringify(item.reason)}`)
    case 'promote':
      return head('p', String(item.connection))
    case 'verdict': {
      const { instrument, status, channel, reason, connection } = item
      return head('v', JSON.stringify({ instrument, status, channel, reason, connection }))
    }
  }
}

/**
 * The wire item of a line.
 *
 * @throws {LobError} LOB_BAD_FILE where the line is none.
 */
export function readWireLine(line: Uint8Array): WireItem {
  const first = line.indexOf(32)
  const second = line.indexOf(32, first + 1)
  const tsLocal = Number(latin(line.subarray(0, Math.max(0, first))))
  if (first < 1 || second !== first + 2 || !Number.isSafeInteger(tsLocal)) throw bad('"<time> <kind> <rest>"')
  const kind = latin(line.subarray(first + 1, second))
  const rest = line.subarray(second + 1)
  try {
    return itemOf(tsLocal, kind, rest)
  } catch (error) {
    if (error instanceof LobError) throw error
    throw bad(`the rest of a line of kind ${kind}`)
  }
}

function itemOf(tsLocal: Micros, kind: string, rest: Uint8Array): WireItem {
  const blank = rest.indexOf(32)
  const name = latin(rest.subarray(0, blank < 0 ? rest.length : blank))
  const data = rest.subarray(blank + 1)
  const json = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'))
  switch (kind) {
    case 'f':
      return { kind: 'frame', tsLocal, connection: Number(name), data }
    case 'F':
      return { kind: 'frame', tsLocal, connection: Number(name), data: Buffer.from(latin(data), 'base64') }
    case 'r':
      return { kind: 'response', tsLocal, symbol: decodeURIComponent(name), data }
    case 'R':
      return { kind: 'response', tsLocal, symbol: decodeURIComponent(name), data: Buffer.from(latin(data), 'base64') }
    case 't':
      return { kind: 'refill', tsLocal, symbol: decodeURIComponent(name), data }
    case 'T':
      return { kind: 'refill', tsLocal, symbol: decodeURIComponent(name), data: Buffer.from(latin(data), 'base64') }
    case 'i':
      return { kind: 'instruments', tsLocal, instruments: json(rest) as Instrument[] }
    case 'o':
      return { kind: 'open', tsLocal, connection: Number(name), streams: json(data) as string[] }
    case 'c':
      return { kind: 'close', tsLocal, connection: Number(name), reason: json(data) as string }
    case 'p':
      return { kind: 'promote', tsLocal, connection: Number(name) }
    case 'v':
      return { kind: 'verdict', tsLocal, ...(json(rest) as object) } as WireItem
    default:
      throw bad(`a kind of item (f, F, r, R, t, T, i, o, c, p, v), got ${JSON.stringify(kind)}`)
  }
}

function payload(tsLocal: Micros, kind: 'f' | 'r' | 't', name: string, data: Uint8Array): Uint8Array {
  let plain = true
  for (let at = 0; at < data.length && plain; at++) plain = data[at]! >= 32
  const head = Buffer.from(`${tsLocal} ${plain ? kind : kind.toUpperCase()} ${name} `)
  return Buffer.concat([head, plain ? data : Buffer.from(Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64'))])
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

const bad = (expected: string): LobError => new LobError('LOB_BAD_FILE', `Expected ${expected} in a recording.`)
