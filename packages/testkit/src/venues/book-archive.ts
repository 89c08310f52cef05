import type { Lots, Side, Ticks } from '@rxlob/core'
import { levelHash } from './level-hash.js'

/** A side of a book, best first. */
export type ArchivedSide = readonly (readonly [ticks: Ticks, lots: Lots])[]

export interface ArchivedBook {
  readonly id: number
  readonly bids: ArchivedSide
  readonly asks: ArchivedSide
}

/** The book after every one of the last update ids: what a client's book is compared with. */
export interface BookArchive {
  /** The newest id. */
  readonly id: number
  /** The level has a new total, told under this id; ids rise, and may skip. */
  set(side: Side, ticks: Ticks, lots: Lots, id: number): void
  /** Lots at a price now. */
  lotsAt(side: Side, ticks: Ticks): Lots
  /** Whether a book of this hash is what the archive says for the id; undefined where the id is too old or yet to come. */
  matches(id: number, high: number, low: number): boolean | undefined
  /** Every level as of the id; undefined where the id is too old or yet to come. Cost: O(levels + changes since). */
  bookAt(id: number): ArchivedBook | undefined
}

/** @param capacity Changes that are kept. */
export function bookArchive(firstId: number, capacity: number = 1 << 16): BookArchive {
  const books = { bid: new Map<Ticks, Lots>(), ask: new Map<Ticks, Lots>() }
  const hash = levelHash()
  // Slot n % capacity: the nth change, and the hash after it. Slot 0 is the state before all changes.
  const ids = new Float64Array(capacity)
  const highs = new Int32Array(capacity)
  const lows = new Int32Array(capacity)
  const changedTicks = new Float64Array(capacity)
  const lotsBefore = new Float64Array(capacity)
  const isBid = new Uint8Array(capacity)
  let changes = 0
  ids[0] = firstId

  /** The last change at or before the id. */
  function find(id: number): number | undefined {
    let low = Math.max(0, changes - capacity + 1)
    let high = changes
    if (id < ids[low % capacity]! || id > ids[high % capacity]!) return undefined
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (ids[middle % capacity]! <= id) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    get id() {
      return ids[changes % capacity]!
    },
    set(side, ticks, lots, id) {
      const levels = books[side]
      const before = levels.get(ticks) ?? 0
      if (lots > 0) levels.set(ticks, lots)
      else levels.delete(ticks)
      hash.change(side, ticks, before, lots)
      const slot = ++changes % capacity
      ids[slot] = id
      highs[slot] = hash.high
      lows[slot] = hash.low
      changedTicks[slot] = ticks
      lotsBefore[slot] = before
      isBid[slot] = side === 'bid' ? 1 : 0
    },
    lotsAt: (side, ticks) => books[side].get(ticks) ?? 0,
    matches(id, high, low) {
      const at = find(id)
      return at === undefined ? undefined : highs[at % capacity] === high && lows[at % capacity] === low
    },
    bookAt(id) {
      const at = find(id)
      if (at === undefined) return undefined
      const bids = new Map(books.bid)
      const asks = new Map(books.ask)
      for (let change = changes; change > at; change--) {
        const slot = change % capacity
        const levels = isBid[slot] === 1 ? bids : asks
        if (lotsBefore[slot]! > 0) levels.set(changedTicks[slot]!, lotsBefore[slot]!)
        else levels.delete(changedTicks[slot]!)
      }
      return { id: ids[at % capacity]!, bids: [...bids].sort(([a], [b]) => b - a), asks: [...asks].sort(([a], [b]) => a - b) }
    },
  }
}
