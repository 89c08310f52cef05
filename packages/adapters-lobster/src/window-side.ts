import type { Side } from '@rxlob/core'
import { priceLimit, sizeLimit } from './message-file.js'

/** One side of the visible window: the state that the messages drive and the order-book file checks. */
export interface WindowSide {
  readonly side: Side
  /** Levels in view. */
  readonly count: number
  /** A level was emptied out of a full window: what moved up into the deepest rank only the file knows. */
  readonly deepestUnknown: boolean
  price(rank: number): number
  size(rank: number): number
  /** Size in view at a price, 0 where there is none. */
  sizeAt(price: number): number
  /** Price that left the window at the far end, NaN where none did. */
  add(price: number, size: number): number
  /** False, and nothing changed, where the level would become negative. */
  take(price: number, size: number): boolean
  /** First rank where the row says something else, `levels` where none does. The deepest is skipped while unknown. */
  firstDifference(row: Float64Array): number
  /** Takes over the whole side of a row, checked before. */
  load(row: Float64Array): void
  /** Settles the unknown deepest rank from a row. Price that came into view, NaN where nothing lies beyond. */
  settleDeepest(row: Float64Array): number
  /** 0-based column of the first number of a row that cannot be part of this side (from a rank on), -1 where all can. */
  badColumn(row: Float64Array, units: number, fromRank: number): number
  /** Makes the side what it was before an `add` (true) or `take`; false, and nothing changed, where the row denies the message. */
  undo(added: boolean, price: number, size: number): boolean
}

/**
 * Prices are kept as keys, negated for bids, so that the best level has the least key on both sides and the dummy
 * price of an unoccupied place (9999999999 for asks, -9999999999 for bids) is the same greatest key.
 */
export function windowSide(side: Side, levels: number): WindowSide {
  const sign = side === 'ask' ? 1 : -1
  const offset = side === 'ask' ? 0 : 2
  const nothing = priceLimit
  // One place more than is visible: a level is pushed into it, then out of view.
  const keys = new Float64Array(levels + 1).fill(nothing)
  const sizes = new Float64Array(levels + 1)
  let count = 0
  let deepestUnknown = false

  function rankOf(key: number): number {
    let rank = 0
    while (keys[rank]! < key) rank++
    return rank
  }

  function insert(rank: number, key: number, size: number): void {
    for (let r = count; r > rank; r--) {
      keys[r] = keys[r - 1]!
      sizes[r] = sizes[r - 1]!
    }
    keys[rank] = key
    sizes[rank] = size
    count++
  }

  function removeAt(rank: number): void {
    count--
    for (let r = rank; r < count; r++) {
      keys[r] = keys[r + 1]!
      sizes[r] = sizes[r + 1]!
    }
    keys[count] = nothing
    sizes[count] = 0
  }

  /** Puts a level in; returns the price of the one that this pushed out of view. */
  function show(rank: number, key: number, size: number): number {
    insert(rank, key, size)
    if (count <= levels) return NaN
    const left = keys[levels]!
    removeAt(levels)
    return sign * left
  }

  function badColumn(row: Float64Array, units: number, fromRank: number): number {
    let before = fromRank === 0 ? -Infinity : keys[fromRank - 1]!
    for (let rank = fromRank; rank < levels; rank++) {
      const at = 4 * rank + offset
      const key = sign * row[at]!
      const size = row[at + 1]!
      if (key === nothing) {
        if (size !== 0) return at + 1
      } else {
        const price = row[at]!
        if (price <= 0 || price >= priceLimit || price % units !== 0 || key <= before) return at
        if (size <= 0 || size > sizeLimit) return at + 1
      }
      before = key
    }
    return -1
  }

  return {
    side,
    get count() {
      return count
    },
    get deepestUnknown() {
      return deepestUnknown
    },
    price: (rank) => sign * keys[rank]!,
    size: (rank) => sizes[rank]!,
    sizeAt(price) {
      const rank = rankOf(sign * price)
      return keys[rank] === sign * price ? sizes[rank]! : 0
    },
    add(price, size) {
      const key = sign * price
      const rank = rankOf(key)
      if (keys[rank] !== key) return show(rank, key, size)
      sizes[rank]! += size
      return NaN
    },
    take(price, size) {
      const key = sign * price
      const rank = rankOf(key)
      if (keys[rank] !== key || sizes[rank]! < size) return false
      if (sizes[rank]! > size) sizes[rank]! -= size
      else {
        deepestUnknown = count === levels
        removeAt(rank)
      }
      return true
    },
    firstDifference(row) {
      const known = deepestUnknown ? levels - 1 : levels
      for (let rank = 0, at = offset; rank < known; rank++, at += 4) {
        if (sign * row[at]! !== keys[rank]! || row[at + 1]! !== sizes[rank]!) return rank
      }
      return levels
    },
    load(row) {
      count = 0
      deepestUnknown = false
      for (let rank = 0, at = offset; rank < levels; rank++, at += 4) {
        keys[rank] = sign * row[at]!
        sizes[rank] = row[at + 1]!
        if (sizes[rank] !== 0) count++
      }
    },
    settleDeepest(row) {
      deepestUnknown = false
      const at = 4 * (levels - 1) + offset
      if (row[at + 1] === 0) return NaN
      insert(count, sign * row[at]!, row[at + 1]!)
      return row[at]!
    },
    badColumn,
    undo(added, price, size) {
      const key = sign * price
      const rank = rankOf(key)
      const held = keys[rank] === key ? sizes[rank]! : 0
      if (added) {
        if (held < size) return false
        if (held > size) sizes[rank]! -= size
        else removeAt(rank)
      } else if (held > 0) sizes[rank]! += size
      else if (rank < levels) show(rank, key, size)
      else return false
      return true
    },
  }
}
