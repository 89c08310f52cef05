import type { OrderCounts } from './l3-book.js'

/** Counts since the tracker began: nothing is lost in silence. */
export interface TrackerCounts extends OrderCounts {
  /** Book events passed over because the book was not synced. */
  ignored: number
  /** Events that left the book crossed or locked. */
  crossed: number
  /** Levels that came into view at the far end. */
  scrolledIn: number
  /** Events that could not be true (a level below zero, a size or price off the grid): the book waits for a snapshot. */
  faults: number
}

export const zeroTrackerCounts = (): TrackerCounts => ({ ignored: 0, crossed: 0, scrolledIn: 0, faults: 0, unseenOrders: 0, forgottenOrders: 0, inconsistentOrders: 0 })
