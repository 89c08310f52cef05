import { LobError, type Instrument, type Micros, type Source } from '@rxlob/core'
import {
  capturedItems, cryptofeedJsonl, cryptofeedLines, jsonLines, receiveTimeLines, replaySource,
  type CaptureRecords, type LiveSourceSpec, type ReplayOptions, type WireItem,
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

function wireItems(
  { symbols, instruments = [] }: CoinbaseCaptureOptions, feed: CoinbaseFeed, spec: LiveSourceSpec<CoinbaseMessage>, records: CaptureRecords,
): AsyncIterable<readonly WireItem[]> {
  return capturedItems(records, {
    streams: spec.streams!.map(({ name }) => name),
    instruments: () => symbols.map((symbol) => instruments.find((each) => each.symbol === symbol) ?? captureInstrument(symbol)),
    answer: ({ url = '', data }) => (/\/products(\?|$)/.test(url) ? { kind: 'instruments', instruments: listedIn(data, feed, symbols) } : undefined),
  })
}

function listedIn(body: Uint8Array, feed: CoinbaseFeed, symbols: readonly string[]): Instrument[] {
  const answer: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'))
  return readInstruments(answer, feed, symbols).map(({ instrument }) => instrument)
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
