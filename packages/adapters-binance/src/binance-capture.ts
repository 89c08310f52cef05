import { LobError, type Instrument, type Micros, type Source } from '@rxlob/core'
import {
  capturedItems, cryptofeedJsonl, cryptofeedLines, jsonArrays, receiveTimeLines, replaySource,
  type CaptureRecords, type LiveSourceSpec, type ReplayOptions, type WireItem,
} from '@rxlob/feed'
import { binanceSpec, type BinanceOptions } from './binance.js'
import { captureInstrument } from './capture-instruments.js'
import { readInstruments } from './instruments.js'
import { readMessage, type BinanceMessage } from './messages.js'
import type { BinanceMarket } from './urls.js'

/**
 * How a capture is written down: `receive-time` is `<receive time> <json>` (hftbacktest's collector), `cryptofeed-text` and
 * `cryptofeed-jsonl` are cryptofeed's two formats, `json` is whole files of one JSON array or object without receive times.
 */
export type CaptureLayout = 'receive-time' | 'cryptofeed-text' | 'cryptofeed-jsonl' | 'json'

export interface BinanceCaptureOptions extends ReplayOptions {
  /** In order: consecutive files join. Plain, `.gz` or `.zst`. */
  readonly files: readonly string[]
  readonly layout: CaptureLayout
  /** Default `spot`. */
  readonly market?: BinanceMarket
  /** Symbols to read; others in the capture are passed over. */
  readonly symbols: readonly string[]
  /** Unit of the receive times of `receive-time` lines. Default `ns`. */
  readonly unit?: 'ns' | 'us' | 'ms'
  /** Where the capture has no metadata and the built-in table does not know a symbol. */
  readonly instruments?: readonly Instrument[]
  /** Levels a side of the capture's snapshots. Default 1000. */
  readonly snapshotLevels?: number
  /** Compare books with best prices of the same update id. Default true. */
  readonly checkQuotes?: boolean
}

/** A capture with the spec that reads it: what `binanceCapture` replays and what a check counts. */
export interface BinanceCapture {
  readonly spec: LiveSourceSpec<BinanceMessage>
  open(signal?: AbortSignal): AsyncIterable<readonly WireItem[]>
}

/**
 * A capture of Binance streams by another recorder as a source, through the same normalizer and sequencer as the live one.
 * A capture without a snapshot gives trades but no book: its differences wait for one, and nothing false is said.
 */
export function binanceCapture(options: BinanceCaptureOptions): Source {
  const { spec, open } = openBinanceCapture(options)
  return replaySource(spec, open, options)
}

/** The parts of `binanceCapture`, for those who want the counts. */
export function openBinanceCapture(options: BinanceCaptureOptions): BinanceCapture {
  const { market = 'spot', symbols, snapshotLevels = 1000, checkQuotes = true } = options
  const spec = binanceSpec({ ...captureStreams, market, symbols, snapshotLevels, checkQuotes })
  return { spec, open: (signal) => wireItems(options, spec, recordsOf(options, signal)) }
}

const captureStreams: Pick<BinanceOptions, 'depth' | 'trades' | 'timeUnit'> = { depth: '100ms', trades: true, timeUnit: 'ms' }

function recordsOf({ layout, files, unit = 'ns' }: BinanceCaptureOptions, signal: AbortSignal | undefined): CaptureRecords {
  switch (layout) {
    case 'receive-time':
      return receiveTimeLines(files, { unit, isAnswer: isSnapshot }, signal)
    case 'cryptofeed-text':
      return cryptofeedLines(files, signal)
    case 'cryptofeed-jsonl':
      return cryptofeedJsonl(files, signal)
    case 'json':
      return jsonArrays(files, eventMicros, signal)
    default:
      throw new LobError('LOB_BAD_OPTION', `Option layout: expected receive-time, cryptofeed-text, cryptofeed-jsonl or json, got ${String(layout)}.`)
  }
}

function wireItems(options: BinanceCaptureOptions, spec: LiveSourceSpec<BinanceMessage>, records: CaptureRecords): AsyncIterable<readonly WireItem[]> {
  return capturedItems(records, {
    streams: spec.streams!.map(({ name }) => name),
    instruments: () => instrumentsOf(options, spec),
    answer({ url = '', data }) {
      if (url.includes('exchangeInfo')) return { kind: 'instruments', instruments: listedIn(data, options, spec) }
      if (!isSnapshot(data)) return undefined
      const symbol = /[?&]symbol=([^&]+)/.exec(url)?.[1] ?? symbolIn(data) ?? options.symbols[0]!
      return options.symbols.includes(symbol) ? { kind: 'snapshot', symbol } : undefined
    },
  })
}

function instrumentsOf({ market = 'spot', instruments = [] }: BinanceCaptureOptions, { symbols }: LiveSourceSpec<BinanceMessage>): Instrument[] {
  return symbols.map((symbol) => instruments.find((each) => each.symbol === symbol) ?? captureInstrument(market, symbol))
}

function listedIn(body: Uint8Array, { market = 'spot' }: BinanceCaptureOptions, { symbols, name }: LiveSourceSpec<BinanceMessage>): Instrument[] {
  const answer: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'))
  return readInstruments(answer, market, name, symbols).map(({ instrument }) => instrument)
}

const snapshotHead = Buffer.from('{"lastUpdateId"')

const isSnapshot = (payload: Uint8Array): boolean => Buffer.compare(payload.subarray(0, snapshotHead.length), snapshotHead) === 0

/** COIN-M answers name their symbol. */
const symbolIn = (payload: Uint8Array): string | undefined =>
  /"symbol":\s?"([^"]+)"/.exec(Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.length, 200)).toString('latin1'))?.[1]

/** Event time of a message, for captures without receive times. */
function eventMicros(frame: Uint8Array): Micros {
  const message = readMessage(frame)
  return 'E' in message && message.E !== undefined ? message.E * 1000 : NaN
}
