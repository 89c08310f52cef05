import type { Channel, Instrument, InstrumentId, Micros, StatusName } from '@rxlob/core'

/**
 * One thing that came from outside, in the order it came: all that a live source knows. The same items give the same events,
 * so a recording is a list of these and a replay feeds them through the same code again.
 */
export type WireItem =
  /** Metadata in force from here on. */
  | { readonly kind: 'instruments'; readonly tsLocal: Micros; readonly instruments: readonly Instrument[] }
  /** A connection is open and asked for these streams. */
  | { readonly kind: 'open'; readonly tsLocal: Micros; readonly connection: number; readonly streams: readonly string[] }
  /** One message of a connection. `data` is lent for the call. */
  | { readonly kind: 'frame'; readonly tsLocal: Micros; readonly connection: number; readonly data: Uint8Array }
  | { readonly kind: 'close'; readonly tsLocal: Micros; readonly connection: number; readonly reason: string }
  /** The snapshot of one symbol, as the venue's REST interface sent it. */
  | { readonly kind: 'response'; readonly tsLocal: Micros; readonly symbol: string; readonly data: Uint8Array }
  /** Trades of one symbol that were lost and asked for, as the venue's REST interface sent them. */
  | { readonly kind: 'refill'; readonly tsLocal: Micros; readonly symbol: string; readonly data: Uint8Array }
  /** What no message says but a timer found out: silence, a refusal, a market that stays crossed. */
  | {
      readonly kind: 'verdict'
      readonly tsLocal: Micros
      readonly instrument: InstrumentId
      readonly status: StatusName
      readonly channel: Channel
      readonly reason: string
      /** Of a refusal: the connection that was told. */
      readonly connection?: number
    }
  /** The connection takes over everything it carries, proof or not: its predecessor is about to go. */
  | { readonly kind: 'promote'; readonly tsLocal: Micros; readonly connection: number }
