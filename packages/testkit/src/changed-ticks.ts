import type { BookView, LevelChanges, Tick } from '@rxlob/core'

/** An even number that keeps every price of the market positive once it is taken from it. */
export function mirrorAxisOf(ticks: readonly Tick[]): number {
  let highest = 1
  for (const { book, tradeTicks } of ticks) {
    for (const price of [book.bidTicks(0), book.askTicks(Math.max(0, book.askDepth - 1)), tradeTicks]) if (price > highest) highest = price
  }
  return 4 * Math.ceil(highest)
}

/** The same market seen from the other side: bids are asks, buyers sellers, and a price becomes `axisTicks` less the price. */
export function mirroredTick(tick: Tick, axisTicks: number): Tick {
  const { book, changes } = tick
  const reflect = (ticks: number): number => axisTicks - ticks
  const mirroredBook: BookView = {
    tickSize: book.tickSize,
    lotSize: book.lotSize,
    synced: book.synced,
    crossed: book.crossed,
    bidDepth: book.askDepth,
    askDepth: book.bidDepth,
    bidKnownDepth: book.askKnownDepth,
    askKnownDepth: book.bidKnownDepth,
    bidTicks: (level) => reflect(book.askTicks(level)),
    askTicks: (level) => reflect(book.bidTicks(level)),
    bidLots: (level) => book.askLots(level),
    askLots: (level) => book.bidLots(level),
  }
  const mirroredChanges: LevelChanges = {
    length: changes.length,
    shallowest: changes.shallowest,
    side: (row) => -changes.side(row) as 1 | -1,
    ticks: (row) => reflect(changes.ticks(row)),
    lotsBefore: (row) => changes.lotsBefore(row),
    lotsAfter: (row) => changes.lotsAfter(row),
    cause: (row) => changes.cause(row),
  }
  return { ...tick, book: mirroredBook, changes: mirroredChanges, tradeTicks: reflect(tick.tradeTicks), tradeLots: -tick.tradeLots }
}

/** The same tick with a book that was never shown deeper than `depth`. */
export function cutTick(tick: Tick, depth: number): Tick {
  const { book } = tick
  const known = (held: number, knownDepth: number): number => (held > depth || knownDepth !== Infinity ? Math.min(knownDepth, depth) : Infinity)
  const cut: BookView = {
    ...book,
    bidDepth: Math.min(book.bidDepth, depth),
    askDepth: Math.min(book.askDepth, depth),
    bidKnownDepth: known(book.bidDepth, book.bidKnownDepth),
    askKnownDepth: known(book.askDepth, book.askKnownDepth),
    bidTicks: (level) => (level < depth ? book.bidTicks(level) : NaN),
    askTicks: (level) => (level < depth ? book.askTicks(level) : NaN),
    bidLots: (level) => (level < depth ? book.bidLots(level) : NaN),
    askLots: (level) => (level < depth ? book.askLots(level) : NaN),
  }
  return { ...tick, book: cut }
}

/** The same tick with other levels below the first `depth`. */
export function otherDepthsTick(tick: Tick, depth: number): Tick {
  const { book } = tick
  const altered: BookView = {
    ...book,
    bidTicks: (level) => book.bidTicks(level) - (level < depth ? 0 : 3),
    askTicks: (level) => book.askTicks(level) + (level < depth ? 0 : 3),
    bidLots: (level) => book.bidLots(level) + (level < depth ? 0 : 17),
    askLots: (level) => book.askLots(level) + (level < depth ? 0 : 17),
  }
  return { ...tick, book: altered }
}

/** The same tick from somebody who cannot say which levels changed: any may have. */
export const withoutHistory = (tick: Tick): Tick => ({ ...tick, ordinal: NaN, changes: { ...tick.changes, shallowest: 0 } })

/** The same tick with a book that may not be read at all. */
export function bookless(tick: Tick): Tick {
  const book = new Proxy(tick.book, {
    get(_, property) {
      throw new Error(`its depth is 0 (trades alone), but it reads book.${String(property)}`)
    },
  })
  return { ...tick, book }
}

/** Another market from here on: prices, sizes and trades all differ. */
export function alteredTick(tick: Tick): Tick {
  const { book } = tick
  const altered: BookView = {
    ...book,
    bidTicks: (level) => book.bidTicks(level) + 40,
    askTicks: (level) => book.askTicks(level) + 41,
    bidLots: (level) => book.bidLots(level) * 3 + 5,
    askLots: (level) => book.askLots(level) * 2 + 1,
  }
  return { ...tick, book: altered, tradeTicks: tick.tradeTicks + 7, tradeLots: -tick.tradeLots * 2, tradeSize: tick.tradeSize * 2 }
}
