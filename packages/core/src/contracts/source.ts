import type { Observable } from 'rxjs'
import type { EventBatch } from '../batch/event-batch.js'
import type { MarketEvent } from '../events.js'

export interface SourceCapabilities {
  readonly timing: 'live' | 'replay'
  readonly book: 'none' | 'l1' | 'l2' | 'l3'
  /** Levels per side; Infinity where all are shown. */
  readonly levels: number
  readonly trades: boolean
  /** What it can and cannot notice by itself, for the capability table and for tests. */
  readonly detects: { readonly gaps: boolean; readonly staleness: boolean; readonly lostTrades: boolean }
}

/** Where events come from. One call makes one: `binance({ symbols: ['BTCUSDT'] })`. */
export interface Source {
  /** Version of this contract. */
  readonly contract: 1
  readonly name: string
  readonly supports: SourceCapabilities
  /**
   * Cold: each subscription opens its own connection or file and closes it on unsubscribe.
   * The first event of an instrument is its `instrument` event. A lost connection is a
   * `status` event, not an error; only what cannot heal ends the stream, with a `LobError`.
   */
  events(): Observable<MarketEvent>
  /**
   * The same events as columns, pulled by the reader. Files, stores and brokers have it, sockets do not.
   * Asking for the next batch acknowledges the last one; `from` resumes after a batch's `position`.
   */
  batches?(options?: BatchOptions): AsyncIterable<EventBatch>
  /** The same events as columns, pushed, one batch a frame, lent for the call. Live sources that scan bytes have it. */
  frames?(): Observable<EventBatch>
}

export interface BatchOptions {
  readonly from?: string
  readonly signal?: AbortSignal
}
