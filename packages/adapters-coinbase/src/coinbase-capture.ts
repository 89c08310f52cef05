import { LobError, type Instrument, type Micros, type Source } from '@rxlob/core'
import {
  cryptofeedJsonl, cryptofeedLines, jsonLines, receiveTimeLines, replaySource,
  type CaptureRecord, type CaptureRecords, type LiveSourceSpec, type ReplayOptions, type WireItem,
} from '@rxlob/feed'
import { captureInstrument } from './capture-instruments.js'
import { coinbaseSpec } from './coinbase.js'
import { readInstruments } from './instruments.js'
import { readMessage, type CoinbaseMessage } from './messages.js'
import type { CoinbaseFeed } from './urls.js'
import { wireTime } from './wire-time.js'

/**
 * How a capture is written down: `receive-time` is `<receive time> <json>`, `cryptofeed-text` and `cryptofeed-jsonl` are cryptofeed's two
 * formats, `json-lines` is one message a line without receive times (the venue's own times stand in).
 */
export type CaptureLayout = 'receive-time' | 'cryptofeed-text' | 'cryptofeed-jsonl' | 'json-lines'

export interface CoinbaseCaptureOptions extends ReplayOptions {
  /** In order: consecutive files join. Plain, `.gz` or `.zst`. */
  readonly files: readonly string[]
  readonly layout: CaptureLayout
  /** Default `exchange`. */
  readonly feed?: CoinbaseFeed
  /** Symbols to read; others in the capture are passed over. */
  readonly symbols: readonly string[]
  /** Unit of the receive times of `receive-time` lines. Default `ns`. */
  readonly unit?: 'ns' | 'us' | 'ms'
  /** Where the capture has no metadata and the built-in table does not know a symbol. */
  readonly instruments?: readonly Instrument[]
}

/** A capture with the spec that reads it: what `coinbaseCapture` replays and what a check counts. */
export interface CoinbaseCapture {
  readonly spec: LiveSourceSpec<CoinbaseMessage>
  open(signal?: AbortSignal): AsyncIterable<readonly WireItem[]>
}

/** A capture of Coinbase's level books and trades by another recorder as a source, through the same normalizer and sequencers as the live one. */
export function coinbaseCapture(options: CoinbaseCaptureOptions): Source {
  const { spec, open } = openCoinbaseCapture(options)
  return replaySource(spec, open, options)
}

/** The parts of `coinbaseCapture`, for those who want the counts. */
export function openCoinbaseCapture(options: CoinbaseCaptureOptions): CoinbaseCapture {
  const { feed = 'exchange', symbols } = options
  const spec = coinbaseSpec({ feed, symbols, trades: true })
  return { spec, open: (signal) => wireItems(options, feed, spec, recordsOf(options, feed, signal)) }
}

function recordsOf({ layout, files, unit = 'ns' }: CoinbaseCaptureOptions, feed: CoinbaseFeed, signal: AbortSignal | undefined): CaptureRecords {
  switch (layout) {
    case 'receive-time':
      return receiveTimeLines(files, { unit }, signal)
    case 'cryptofeed-text':
      return cryptofeedLines(files, signal)
    case 'cryptofeed-jsonl':
      return cryptofeedJsonl(files, signal)
    case 'json-lines':
      return jsonLines(files, (frame) => eventMicros(feed, frame), signal)
    default:
      throw new LobError('LOB_BAD_OPTION', `Option layout: expected receive-time, cryptofeed-text, cryptofeed-jsonl or json-lines, got ${String(layout)}.`)
  }
}

/** The one connection of a capture; each new socket in it takes a number of its own. */
async function* wireItems(
  { symbols, instruments = [] }: CoinbaseCaptureOptions, feed: CoinbaseFeed, spec: LiveSourceSpec<CoinbaseMessage>, records: CaptureRecords,
): AsyncGenerator<readonly WireItem[], void, void> {
  const streams = spec.streams!.map(({ name }) => name)
  let connection = 0
  let now: Micros = NaN
  let defined = false
  /** What came before the first known time. */
  let waiting: readonly CaptureRecord[] = []

  function openItems(): WireItem[] {
    const items: WireItem[] = []
    if (!defined) items.push({ kind: 'instruments', tsLocal: now, instruments: symbols.map((symbol) => instruments.find((each) => each.symbol === symbol) ?? captureInstrument(symbol)) })
    defined = true
    if (connection > 0) items.push({ kind: 'close', tsLocal: now, connection, reason: 'the capture opened another' })
    connection++
    items.push({ kind: 'open', tsLocal: now, connection, streams })
    return items
  }
  function itemsOf(record: CaptureRecord): WireItem[] {
    if (!Number.isNaN(record.tsLocal)) now = record.tsLocal
    if (record.kind === 'connected') return openItems()
    if (record.kind === 'answer') return /\/products(\?|$)/.test(record.url ?? '') ? [listed(record.data)] : []
    return [...(connection === 0 ? openItems() : []), { kind: 'frame', tsLocal: now, connection, data: record.data }]
  }
  function listed(body: Uint8Array): WireItem {
    defined = true
    const answer: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'))
    return { kind: 'instruments', tsLocal: now, instruments: readInstruments(answer, feed, symbols).map(({ instrument }) => instrument) }
  }

  for await (const slice of records) {
    const all = waiting.length > 0 ? [...waiting, ...slice] : slice
    waiting = []
    if (Number.isNaN(now)) now = all.find(({ tsLocal }) => !Number.isNaN(tsLocal))?.tsLocal ?? NaN
    if (Number.isNaN(now)) waiting = all
    else yield all.flatMap(itemsOf)
  }
}

/** The venue's own time of a message, for captures without receive times; NaN where it says none, or nothing that can be read. */
function eventMicros(feed: CoinbaseFeed, frame: Uint8Array): Micros {
  try {
    const message = readMessage(feed, frame)
    const parts = message.type === 'envelope' ? message.parts : [message]
    const time = parts.map((part) => ('time' in part ? part.time : undefined)).find((told) => told !== undefined)
    return time === undefined ? NaN : (wireTime(time)?.micros ?? NaN)
  } catch {
    return NaN
  }
}
