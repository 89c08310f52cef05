import type { LevelRuns, BookSnapshot, Channel, Instrument, InstrumentId, MarketEvent, Micros, SourceCapabilities, StatusName } from '@rxlob/core'
import type { InParts } from './in-parts.js'
import type { Outside } from './outside.js'
import type { MissingRange, Sequencer } from './sequencer.js'

/** One subscription of one symbol: what a watchdog watches and a refusal names. */
export interface Stream {
  /** The venue's name of it, unique in the source: `btcusdt@depth@100ms`. */
  readonly name: string
  readonly symbol: string
  readonly channel: Channel | 'quotes'
  /** Streams of different routes need different connections (hosts or paths). Default: one route. */
  readonly route?: string
  /** Longest silence that may be normal once the stream is running. Left out: learned, between 5 s and 60 s. */
  readonly quietMicros?: Micros
}

/** Whose message it is. */
export interface Address {
  readonly instrument: InstrumentId
  /** `quotes` are best prices beside the book: they check it, and make no events where there is a book. */
  readonly channel: 'book' | 'trades' | 'quotes'
  /** Name of its stream; feeds that stream's watchdog. */
  readonly stream?: string
}

/** A message about the connection rather than the market. */
export type Control =
  /** The request with this id (in the order of `subscribe`'s messages, from 1) was accepted. */
  | { readonly kind: 'subscribed'; readonly id?: number; readonly streams?: readonly string[] }
  /** The venue says no to these streams, or to the request with this id. */
  | { readonly kind: 'refused'; readonly id?: number; readonly streams?: readonly string[]; readonly reason: string }
  /** The credentials are wrong: no retry will help. */
  | { readonly kind: 'auth'; readonly reason: string }
  /** The server is about to close: another connection must take over. */
  | { readonly kind: 'shutdown' }
  /** Trading state of a symbol. A halted market is quiet without being stale, and may be crossed. */
  | { readonly kind: 'market'; readonly instrument: InstrumentId; readonly status: Extract<StatusName, 'halted' | 'resumed'> }
  /** Nothing to do. */
  | { readonly kind: 'other' }

/** Best prices at an update id: an independent look at the same book. */
export interface Quote {
  readonly seq: number
  readonly bid: number
  readonly bidSize: number
  readonly ask: number
  readonly askSize: number
}

/** Venue message to events. Pure: no clock, no network, no memory but its own. */
export interface Normalizer<Raw> {
  /** Emits the events of one message. Throws a `LobError` LOB_BAD_MESSAGE where the message cannot be true. */
  normalize(raw: Raw, tsLocal: Micros, emit: (event: MarketEvent) => void): void
  /**
   * The work of a large snapshot done beforehand: `normalize` of the same message then hands out the lists returned here, where they are
   * what it would make itself, and makes them again where something has changed since. Undefined for any other message.
   * Left out, large snapshots are normalized in one go.
   */
  prepare?(raw: Raw): InParts<SnapshotContents | undefined>
}

/** What a snapshot event holds beside its header, and its number. */
export type SnapshotContents = Pick<BookSnapshot, 'bids' | 'asks' | 'orders' | 'seq'>

/** What a scanner found in a frame: one book message, checked in full. Reused by the next call. */
export interface ScannedFrame<Raw> {
  /** Enough of the message for the instrument's sequencer. */
  readonly raw: Raw
  readonly instrument: InstrumentId
  readonly stream: string
  readonly tsExchange: Micros
  readonly seq: number
  /** The levels that the parsed message would give. */
  readonly levels: LevelRuns
}

/** The fast path: reads a frame's bytes without parsing them. */
export interface FrameScanner<Raw> {
  /** `undefined` means "take the parsed path"; where it is not, both must agree. The frame is lent for the call. */
  scan(frame: Uint8Array): ScannedFrame<Raw> | undefined
}

/** What one venue is like: everything pure about it, and how to ask it for metadata and snapshots. */
export interface LiveSourceSpec<Raw> {
  readonly name: string
  readonly symbols: readonly string[]
  readonly supports: SourceCapabilities
  /** Where to connect for these streams; all of one route. */
  readonly url: string | ((streams: readonly Stream[]) => string)
  /** Default: one book stream a symbol, named after it. */
  readonly streams?: readonly Stream[]
  /** Metadata for each symbol, fetched when the source starts and once an hour after. */
  instruments(symbols: readonly string[], outside: Required<Outside>): Promise<readonly Instrument[]>
  /** Symbols whose market is halted now. Asked for with the metadata, and at most once a minute where a stream is silent or a market halted. */
  halted?(symbols: readonly string[], outside: Required<Outside>): Promise<readonly string[]>
  /**
   * Messages to send once connected; strings go as they are, the rest as JSON. Default: none (the URL says it all).
   * Asked for when the connection is open, so that a signature made with `outside.clock` is fresh.
   */
  subscribe?(symbols: readonly string[], streams: readonly Stream[], outside: Required<Outside>): readonly unknown[]
  /** The venue refuses a request as a whole: what else was in it is asked for again without what the refusal names. */
  readonly refusesTogether?: boolean
  /**
   * Messages that make the venue begin one symbol's book stream again, with a snapshot: for venues whose snapshots come in the stream.
   * Left out, another connection takes over from the one whose book turned out wrong.
   */
  restart?(symbol: string, streams: readonly Stream[], outside: Required<Outside>): readonly unknown[]
  /** Frame to message. Default `JSON.parse`. A throw is counted, three in ten seconds reconnect. */
  decode?(frame: Uint8Array): Raw
  /** The same message, read in parts: for frames of 1 MiB and more, while which other connections go on. Left out, they are decoded in one go. */
  decodeInParts?(frame: Uint8Array): InParts<Raw>
  /** The messages of a frame that holds several, each with a control or an address of its own. Default: the frame is the message. */
  parts?(raw: Raw): readonly Raw[]
  /** Messages about the connection; `undefined` for market data. */
  control?(raw: Raw): Control | undefined
  /** Whose message it is. Left out, or `undefined`, where the events it normalizes to say it all. */
  address?(raw: Raw): Address | undefined
  normalizer(): Normalizer<Raw>
  /**
   * The normalizer remembers the book (its orders): book messages are normalized when they are applied, each once and in their order,
   * and not when they come. Only for books whose snapshots are fetched.
   */
  readonly inOrder?: boolean
  /** A scanner for the grids of these instruments; made again when one changes. Used by `frames()`. */
  scanner?(instruments: readonly Instrument[]): FrameScanner<Raw>
  /** Continuity of one instrument's channel. Left out, or `undefined`, where the venue does not number its messages. */
  sequencer?(instrument: InstrumentId, channel: 'book' | 'trades'): Sequencer<Raw> | undefined
  /** Continuity of a whole connection, for venues that count per connection. */
  connectionSequencer?(): Sequencer<Raw>
  /** Best prices in a message addressed to `quotes`. They are compared with the book of the same update id. */
  quote?(raw: Raw): Quote | undefined
  /** REST snapshot, for venues whose stream has none. */
  readonly snapshot?: SnapshotSpec<Raw>
  /** REST book to compare with now and then, for venues without `snapshot` whose stream cannot show a loss. */
  readonly audit?: AuditSpec<Raw>
  /** Where lost trades are to be had. Left out, they are told and stay lost. */
  readonly refill?: RefillSpec<Raw>
  /** Limits of the venue. Defaults are Binance's. */
  readonly limits?: VenueLimits
}

export interface SnapshotSpec<Raw> {
  url(symbol: string): string
  /** Body to message: what `normalizer` turns into a `snapshot` event with the sequence number that `sequencer` counts from. */
  decode(body: Uint8Array, symbol: string): Raw
  /** The same message, read in parts: for answers of 1 MiB and more, while which everything else goes on. Left out, they are decoded in one go. */
  decodeInParts?(body: Uint8Array, symbol: string): InParts<Raw>
  /** Request weight of one snapshot. Default 1. */
  readonly weight?: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface RefillSpec<Raw> {
  /** Trades `fromSeq` to `toSeq`, or as many of them as one answer holds, the oldest among them. */
  url(symbol: string, missing: Required<MissingRange>): string
  /** Body to messages as the trades stream has them, oldest first. More than was asked for does no harm. */
  decode(body: Uint8Array, symbol: string): readonly Raw[]
  /** Request weight of one answer. Default 1. */
  readonly weight?: number
}

export interface AuditSpec<Raw> extends SnapshotSpec<Raw> {
  /** Time between two audits of a symbol. Default 5 min. */
  readonly everyMicros?: Micros
}

export interface VenueLimits {
  /** Request weight a minute and address. Half of it is used. Default 6000. */
  readonly weightPerMinute?: number
  /** Window in which the weight of a minute may be spent in proportion: a host that counts seconds wants 1 s. Default 60 s. */
  readonly weightWindowMicros?: Micros
  /** Request weight of the metadata of all symbols. Default 20. */
  readonly metadataWeight?: number
  /** Control frames (pings, pongs, requests) a second and connection, as we pace them. Default 4. */
  readonly controlPerSecond?: number
  /** Connection attempts in five minutes and address. Default 300. */
  readonly connectsPerFiveMinutes?: number
  /** Streams on one connection. Default 200. */
  readonly streamsPerConnection?: number
  /** Age at which a connection is replaced, before the venue closes it. Default 23.5 h; Infinity for never. */
  readonly lifetimeMicros?: Micros
  /** How often we ping. Default 15 s; Infinity for never. */
  readonly pingMicros?: Micros
  /** A stream that has said nothing this long after its subscription is stale. Default 10 s. */
  readonly firstMessageMicros?: Micros
}
