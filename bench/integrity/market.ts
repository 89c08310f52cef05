import type { Random } from '@rxlob/core'

/** New size at a price; 0 removes the level. Prices in cents, sizes in hundredths, so that every system reads the same decimals. */
export type Level = readonly [price: number, size: number]

/** What the venue says in one message, with the numbers that Binance and Coinbase would give it. */
export interface Step {
  /** Ids of the changes in it, first and last; `previous` is the last of the message before. */
  readonly first: number
  readonly last: number
  readonly previous: number
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
  /** The venue's book after it. */
  readonly after: Book
}

export interface Book {
  readonly bids: ReadonlyMap<number, number>
  readonly asks: ReadonlyMap<number, number>
}

const depth = 20

export interface Mood {
  /** How often a message moves the mid, three times up for once down: what stays behind is crossed sooner or later. */
  readonly moves: number
  /** How often a message changes the size of a level. */
  readonly changes: number
}

/** A made-up venue whose true book is known after every message. Each side keeps twenty levels. */
export function* market(random: Random, { moves, changes: changing }: Mood): Generator<Step, never, void> {
  let mid = 10_000
  let id = 1000
  let book: { bids: Map<number, number>; asks: Map<number, number> } = { bids: new Map(), asks: new Map() }
  const size = (): number => 1 + Math.floor(random() * 900)
  for (;;) {
    const next = { bids: new Map(book.bids), asks: new Map(book.asks) }
    const changes = { bids: new Map<number, number>(), asks: new Map<number, number>() }
    const set = (side: 'bids' | 'asks', price: number, to: number): void => {
      if (to > 0) next[side].set(price, to)
      else next[side].delete(price)
      changes[side].set(price, to)
    }
    mid += random() < moves ? (random() < 0.75 ? 1 : -1) : 0
    for (const [side, sign] of [['bids', -1], ['asks', 1]] as const) {
      for (const price of next[side].keys()) if (sign * (price - mid) < 1 || sign * (price - mid) > depth) set(side, price, 0)
      for (let level = 1; level <= depth; level++) {
        const price = mid + sign * level
        if (!next[side].has(price) || random() < changing) set(side, price, size())
      }
    }
    const previous = id
    const ids = 1 + Math.floor(random() * 5)
    id += ids
    yield { first: previous + 1, last: id, previous, bids: [...changes.bids], asks: [...changes.asks], after: next }
    book = next
  }
}
