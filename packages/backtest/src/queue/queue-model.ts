import type { Lots } from '@rxlob/core'

/** Where an order of ours is believed to stand in the queue of its price. */
export interface QueueState {
  /** Lots ahead of it; below 0 by what has reached it. */
  ahead: number
  /** Lots traded at its price since the level's size was last told. */
  traded: Lots
}

/**
 * How the place in a queue moves, for feeds that show levels but not orders. Both methods change the state alone.
 *
 * An order joins with the level's size ahead of it and nothing traded.
 */
export interface QueueModel {
  readonly name: string
  /** `lots` traded at the order's price. */
  trade(state: QueueState, lots: Lots): void
  /** The level's size went from `before` to `after`, our order not counted. */
  depth(state: QueueState, before: Lots, after: Lots): void
}
