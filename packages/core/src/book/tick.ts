import type { EventKind, Trade } from '../events.js'
import type { Instrument } from '../instrument.js'
import type { Lots, Micros, Ticks } from '../units.js'
import type { BookView } from './book-view.js'

export type ChangeCause = 'set' | 'add' | 'cancel' | 'fill' | 'replace' | 'snapshot' | 'scroll'

/** What the last event did to the book: one row for each level it touched. */
export interface LevelChanges {
  readonly length: number
  /**
   * Depth of the shallowest level that is not as it was: touched, moved, or known now and not before; Infinity where nothing changed.
   * Exact among the ten best levels as far as they are known; a change behind them may be told as shallower than it was, as that of the first level
   * there. Features that read less deep may skip.
   */
  readonly shallowest: number
  /** +1 for a bid, -1 for an ask. */
  side(row: number): 1 | -1
  ticks(row: number): Ticks
  lotsBefore(row: number): Lots
  lotsAfter(row: number): Lots
  /** `set` where the feed gives totals (L2) and the cause is unknown. */
  cause(row: number): ChangeCause
}

/** One event, already applied to its book. The only thing a feature sees. */
export interface Tick {
  readonly kind: EventKind
  /** Number of this event among those of its instrument. Who saw the one before may take `changes` for all that changed since. */
  readonly ordinal: number
  readonly instrument: Instrument
  readonly tsExchange: Micros
  readonly tsLocal: Micros
  readonly book: BookView
  readonly changes: LevelChanges
  /** May lie between ticks; NaN unless the event traded (`trade`, or an order `fill`). */
  readonly tradeTicks: number
  /** Positive where the taker bought, NaN where the side is unknown; 0 unless the event traded. */
  readonly tradeLots: Lots
  /** Unsigned; 0 unless the event traded. */
  readonly tradeSize: Lots
  /** How the trade was printed; an order `fill` is `regular`. Undefined unless the event traded. */
  readonly tradePrint: Trade['print'] | undefined
  /**
   * Level 3: lots that stood ahead of the order that the event changed, in the queue that it stood in before, anonymous quantity included.
   * NaN where the event changed no known order (an arrival, an id never seen), and where the event also moved that level into or out of view.
   */
  readonly orderLotsAhead: Lots
}
