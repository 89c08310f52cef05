import { BookTracker, decimalGrid, eventsToBatch, type BookDelta, type InstrumentEvent, type LevelRuns, type MarketEvent } from '@rxlob/core'
import { makeEvents, naiveBook, type MakeEventsOptions, type NaiveBook } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'

// The levels are compared after every event, the queues of every price now and then: sorting maps is slow.
const queuesEvery = 40

/** All that differs between the book and the reference, in words; empty where nothing does. */
function difference(tracker: BookTracker, naive: NaiveBook, moved: number, visible: number, withQueues: boolean): string {
  const { book, changes, counts } = tracker
  if (book.synced !== naive.synced) return `synced ${book.synced}, expected ${naive.synced}`
  for (const side of ['bid', 'ask'] as const) {
    const levels = naive.levels(side)
    const known = side === 'bid' ? book.bidKnownDepth : book.askKnownDepth
    const ticks = side === 'bid' ? (level: number) => book.bidTicks(level) : (level: number) => book.askTicks(level)
    const lots = side === 'bid' ? (level: number) => book.bidLots(level) : (level: number) => book.askLots(level)
    for (const [level, [naiveTicks, naiveLots]] of levels.entries()) {
      if (ticks(level) !== naiveTicks || lots(level) !== naiveLots) return `${side} ${level}: ${ticks(level)} x ${lots(level)}, expected ${naiveTicks} x ${naiveLots}`
    }
    const beyond = Number.isFinite(known) ? NaN : 0
    if (!Number.isNaN(ticks(levels.length)) || !Object.is(lots(levels.length), beyond)) return `${side}: a level beyond the ${levels.length} known`
    if (Number.isFinite(known) && known !== levels.length) return `${side}: known depth ${known}, expected ${levels.length}`
  }
  if (changes.length !== naive.changes.length) return `${changes.length} changes, expected ${naive.changes.length}`
  let shallowest = moved
  for (const [row, change] of naive.changes.entries()) {
    const same =
      changes.side(row) === change.side && changes.ticks(row) === change.ticks && changes.lotsBefore(row) === change.lotsBefore && changes.lotsAfter(row) === change.lotsAfter && changes.cause(row) === change.cause
    if (!same) return `change ${row} differs from ${JSON.stringify(change)}`
    shallowest = Math.min(shallowest, change.depth)
  }
  // Behind the ten best, and behind what is known, a change may be told as shallower than it was.
  const least = Math.min(shallowest, 10, visible)
  if (changes.shallowest !== shallowest && !(changes.shallowest >= least && changes.shallowest <= shallowest)) return `shallowest ${changes.shallowest}, expected ${shallowest}, at least ${least}`
  if (!Object.is(tracker.orderLotsAhead, naive.orderLotsAhead)) return `${tracker.orderLotsAhead} lots ahead of the changed order, expected ${naive.orderLotsAhead}`
  if (counts.faults !== naive.faults) return `${counts.faults} faults, expected ${naive.faults}`
  return withQueues ? queueDifference(tracker, naive) : ''
}

function queueDifference({ orders, counts }: BookTracker, naive: NaiveBook): string {
  if (orders === undefined) return ''
  for (const side of ['bid', 'ask'] as const) {
    const sign = side === 'bid' ? 1 : -1
    for (const [ticks] of naive.levels(side)) {
      const anonymous = naive.anonymousLots(side, ticks)
      if (orders.anonymousLots(sign, ticks) !== anonymous) return `anonymous lots at ${ticks}`
      let ahead = anonymous
      for (const [place, { orderId, lots }] of naive.queue(side, ticks).entries()) {
        const position = orders.queuePosition(orderId)
        if (position?.lotsAhead !== ahead || position.ordersAhead !== place) return `order ${orderId}: ${JSON.stringify(position)}, expected ${ahead} lots and ${place} orders ahead`
        ahead += lots
      }
    }
  }
  if (counts.unseenOrders !== naive.unseenOrders) return `${counts.unseenOrders} unseen orders, expected ${naive.unseenOrders}`
  if (counts.forgottenOrders !== naive.forgottenOrders) return `${counts.forgottenOrders} forgotten orders, expected ${naive.forgottenOrders}`
  return ''
}

type Levels = readonly (readonly [number, number])[]

/** Both sides as they can be read: NaN lots beyond the known depth, none beyond the last level. */
function levelsOf(naive: NaiveBook): readonly Levels[] {
  return (['bid', 'ask'] as const).map((side) => {
    const known = side === 'bid' ? naive.bidKnownDepth : naive.askKnownDepth
    return [...naive.levels(side), [NaN, Number.isFinite(known) ? NaN : 0] as const]
  })
}

/** The first level that does not read as before, Infinity where all do. */
function firstMoved(before: readonly Levels[], after: readonly Levels[]): number {
  let first = Infinity
  for (const side of [0, 1]) {
    const [old, now] = [before[side]!, after[side]!]
    for (let level = 0; level < Math.max(old.length, now.length); level++) {
      const [a, b] = [old[Math.min(level, old.length - 1)]!, now[Math.min(level, now.length - 1)]!]
      if (!Object.is(a[0], b[0]) || !Object.is(a[1], b[1])) first = Math.min(first, level)
    }
  }
  return first
}

/** Runs the same events through the tracker's three faces, objects, rows and runs of levels, and the reference. */
function compare(options: MakeEventsOptions): { events: number; difference: string } {
  const events = makeEvents(options)
  const naive = naiveBook()
  let before = levelsOf(naive)
  let byObject: BookTracker | undefined
  let byRow: BookTracker | undefined
  let byRun: BookTracker | undefined
  let opening: InstrumentEvent | undefined
  for (const [n, event] of events.entries()) {
    naive.apply(event)
    if (event.kind === 'instrument') {
      byObject ??= new BookTracker(event.definition, event.levels)
      byRow ??= new BookTracker(event.definition, event.levels)
      byRun ??= new BookTracker(event.definition, event.levels)
      byObject.apply(event)
      byRow.redefine(event.definition, event.levels)
      byRun.redefine(event.definition, event.levels)
      opening = event
      before = levelsOf(naive)
      continue
    }
    byObject!.apply(event)
    const after = levelsOf(naive)
    // A snapshot is a whole new book, whatever it shows. No row is made of a status.
    const moved = event.kind === 'snapshot' ? 0 : event.kind === 'status' ? byObject!.changes.shallowest : firstMoved(before, after)
    const visible = Math.min(...[...before, ...after].map((levels) => levels.length - 1))
    before = after
    applyAsRows(byRow!, opening!, event)
    if (event.kind === 'delta' && event.cause === undefined) byRun!.applyLevels(runsOf(event, opening!), event.tsExchange, event.tsLocal)
    else applyAsRows(byRun!, opening!, event)
    for (const [face, tracker] of [['object', byObject!], ['batch', byRow!], ['levels', byRun!]] as const) {
      const text = difference(tracker, naive, moved, visible, n % queuesEvery === 0)
      if (text !== '') return { events: n, difference: `${face} face, seed ${options.seed}, event ${n} (${JSON.stringify(event)}): ${text}` }
    }
  }
  for (const counted of [byRow!, byRun!]) expect(counted.counts).toEqual(byObject!.counts)
  return { events: events.length, difference: '' }
}

/** Somewhere in an array, asks first: a reader of bytes has them as they came. */
function runsOf({ bids, asks }: BookDelta, { definition }: InstrumentEvent): LevelRuns {
  const prices = decimalGrid(definition.tickSize)
  const sizes = decimalGrid(definition.lotSize)
  const pairs = [[NaN, NaN] as const, ...asks, ...bids].flatMap(([price, size]) => [prices.toCount(price), sizes.toCount(size)])
  const asksTo = 1 + asks.length
  return { pairs: Float64Array.from(pairs), asksFrom: 1, asksTo, bidsFrom: asksTo, bidsTo: asksTo + bids.length }
}

function applyAsRows(tracker: BookTracker, opening: InstrumentEvent, event: Exclude<MarketEvent, { kind: 'instrument' }>): void {
  const gatherer = eventsToBatch(opening, { rows: 16 })
  gatherer.push(event)
  tracker.applyRows(gatherer.take(), 0)
}

// A million events in all: `RXLOB_BOOK_EVENTS` runs more or fewer.
const total = Number(process.env.RXLOB_BOOK_EVENTS ?? 1_000_000)
const kinds: readonly [string, Omit<MakeEventsOptions, 'seed' | 'events'>][] = [
  ['level 2, whole book', { book: 'l2' }],
  ['level 2, ten levels', { book: 'l2', levels: 10 }],
  ['level 2, impossible events', { book: 'l2', rates: { impossible: 0.01, gaps: 0.02, crossed: 0.05 } }],
  ['level 3, whole book', { book: 'l3' }],
  ['level 3, five levels', { book: 'l3', levels: 5 }],
  ['level 3, impossible events', { book: 'l3', levels: 10, rates: { impossible: 0.01, gaps: 0.02, crossed: 0.05 } }],
]

describe('books equal the reference book', () => {
  it.each(kinds)('%s', { timeout: 240_000 }, (_, options) => {
    const run = Math.min(10_000, total / kinds.length)
    let events = 0
    for (let seed = 1; events < total / kinds.length; seed++) {
      const result = compare({ ...options, seed, events: run })
      expect(result.difference).toBe('')
      events += result.events
    }
    expect(events).toBeGreaterThanOrEqual(total / kinds.length)
  })
})
