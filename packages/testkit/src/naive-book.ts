import type { BookView, ChangeCause, Instrument, Lots, MarketEvent, OrderEvent, PriceLevel, Side, Ticks } from '@rxlob/core'
import { onGrid } from './on-grid.js'

/** One write to one level, as the reference book sees it. */
export interface NaiveChange {
  readonly side: 1 | -1
  readonly ticks: Ticks
  readonly lotsBefore: Lots
  readonly lotsAfter: Lots
  readonly cause: ChangeCause
  /** Levels of the side that were better than this one. */
  readonly depth: number
}

/** One resting order of a level 3 book. */
export interface NaiveOrder {
  readonly orderId: number
  readonly lots: Lots
}

/** A book too simple to be wrong: the oracle of every faster one. */
export interface NaiveBook extends BookView {
  readonly instrument: Instrument | undefined
  /** What the last event wrote, in order. Empty after an event that could not be true. */
  readonly changes: readonly NaiveChange[]
  /** Grows whenever the book starts again: a gap of its channel, a changed instrument, an event that cannot be true. */
  readonly epoch: number
  /** Events that could not be true; each leaves the book unsynced. */
  readonly faults: number
  /** Changes to an order whose id was never seen. */
  readonly unseenOrders: number
  /** Orders whose level scrolled out of view. */
  readonly forgottenOrders: number
  /** The known levels of a side, best first. */
  levels(side: Side): readonly (readonly [ticks: Ticks, lots: Lots])[]
  /** Known orders at a price, first in the queue first. */
  queue(side: Side, ticks: Ticks): readonly NaiveOrder[]
  /** Lots at a price that no known order explains; they stand ahead of every known order. */
  anonymousLots(side: Side, ticks: Ticks): Lots
  /** Lots that stood ahead of the order that the last event changed; NaN where it changed no known one, and where it moved their level into or out of view. */
  readonly orderLotsAhead: Lots
  apply(event: MarketEvent): void
}

interface Resting {
  readonly orderId: number
  readonly side: Side
  readonly ticks: Ticks
  lots: Lots
}

const restarting = ['disconnected', 'gap', 'stale', 'dropped', 'session']

/**
 * The reference book of one instrument, level 2 and level 3: a map of sizes and a sort at every reading.
 *
 * Its rules, each in one place below:
 * - deltas and orders count only between a snapshot and the next gap;
 * - a snapshot with fewer levels than the source can show shows the whole side, else the side is known down to its last level;
 * - a level's total less its known orders is anonymous and stands first; an id never seen takes from it, and where that is not
 *   enough the oldest known orders give way; a level below zero, an unknown order replaced, or a number off the grid is a fault;
 * - a level that scrolls into view extends what is known, one that scrolls out ends it just above itself.
 *
 * Cost: O(levels log levels) a reading and O(orders) an event. For tests alone.
 */
export function naiveBook(): NaiveBook {
  const sizes = { bid: new Map<Ticks, Lots>(), ask: new Map<Ticks, Lots>() }
  /** Price up to which the side is known; Infinity times the sign of the side where nothing is. */
  const edge = { bid: Infinity, ask: -Infinity }
  let orders: Resting[] = []
  let forgotten = new Set<number>()
  let changes: NaiveChange[] = []
  let instrument: Instrument | undefined
  let definition = ''
  let shown = Infinity
  let synced = false
  let epoch = 0
  let faults = 0
  let unseenOrders = 0
  let forgottenOrders = 0
  let orderLotsAhead = NaN

  const signOf = (side: Side): 1 | -1 => (side === 'bid' ? 1 : -1)
  const better = (side: Side, a: Ticks, b: Ticks): boolean => (side === 'bid' ? a > b : a < b)
  const sorted = (side: Side): (readonly [Ticks, Lots])[] => [...sizes[side]].sort(([a], [b]) => (better(side, a, b) ? -1 : 1))
  const known = (side: Side): (readonly [Ticks, Lots])[] => sorted(side).filter(([ticks]) => !better(side, edge[side], ticks))
  const knownDepth = (side: Side): number => (edge[side] === -Infinity * signOf(side) ? Infinity : known(side).length)
  const lotsAt = (side: Side, ticks: Ticks): Lots => sizes[side].get(ticks) ?? 0
  const queue = (side: Side, ticks: Ticks): Resting[] => orders.filter((order) => order.side === side && order.ticks === ticks)
  const knownLots = (side: Side, ticks: Ticks): Lots => queue(side, ticks).reduce((sum, { lots }) => sum + lots, 0)
  const ticksOf = (price: number): Ticks => onGrid(price, instrument!.tickSize)
  const lotsOf = (size: number): Lots => onGrid(size, instrument!.lotSize)

  function unsync(): void {
    sizes.bid.clear()
    sizes.ask.clear()
    edge.bid = Infinity
    edge.ask = -Infinity
    orders = []
    forgotten = new Set()
    synced = false
  }

  function restart(): void {
    unsync()
    epoch++
  }

  function fault(): void {
    faults++
    restart()
    changes = []
  }

  function write(side: Side, ticks: Ticks, lots: Lots, cause: ChangeCause): void {
    const depth = [...sizes[side].keys()].filter((other) => better(side, other, ticks)).length
    changes.push({ side: signOf(side), ticks, lotsBefore: lotsAt(side, ticks), lotsAfter: lots, cause, depth })
    if (lots > 0) sizes[side].set(ticks, lots)
    else sizes[side].delete(ticks)
    orders = orders.filter((order) => order.lots > 0)
  }

  /** Where known orders add up to more than their level, the oldest give way. */
  function believeTotal(side: Side, ticks: Ticks): void {
    let excess = knownLots(side, ticks) - lotsAt(side, ticks)
    for (const order of queue(side, ticks)) {
      const taken = Math.max(0, Math.min(excess, order.lots))
      order.lots -= taken
      excess -= taken
    }
    orders = orders.filter((order) => order.lots > 0)
  }

  function setLevels(side: Side, list: readonly PriceLevel[], cause: ChangeCause): void {
    for (const [price, size] of list) {
      if (!synced) return
      const lots = lotsOf(size)
      if (cause === 'scroll' && lots === 0 && price === -Infinity * signOf(side)) {
        edge[side] = price
        continue
      }
      const ticks = ticksOf(price)
      if (!(lots >= 0 && Number.isInteger(lots) && Number.isInteger(ticks))) return fault()
      if (cause === 'scroll') {
        const end = lots > 0 ? ticks : ticks + signOf(side)
        if (lots > 0 ? better(side, edge[side], end) : better(side, end, edge[side])) edge[side] = end
        if (lots === 0) {
          for (const { orderId } of queue(side, ticks)) {
            forgotten.add(orderId)
            forgottenOrders++
          }
        }
      }
      write(side, ticks, lots, cause)
      believeTotal(side, ticks)
    }
  }

  function snapshot({ bids, asks, orders: resting = [], scrolled }: Extract<MarketEvent, { kind: 'snapshot' }>): void {
    unsync()
    synced = true
    setLevels('bid', bids, 'snapshot')
    setLevels('ask', asks, 'snapshot')
    for (const { orderId, side, price, size } of resting) {
      const ticks = ticksOf(price)
      const lots = lotsOf(size)
      if (!synced) return
      if (!(lots > 0 && Number.isInteger(lots) && Number.isInteger(ticks))) return fault()
      orders.push({ orderId, side, ticks, lots })
      believeTotal(side, ticks)
    }
    if (!synced) return
    edge.bid = bids.length < shown ? -Infinity : Math.min(...sizes.bid.keys())
    edge.ask = asks.length < shown ? Infinity : Math.max(...sizes.ask.keys())
    setLevels('bid', scrolled?.bids ?? [], 'scroll')
    setLevels('ask', scrolled?.asks ?? [], 'scroll')
  }

  function leave(order: Resting, taken: Lots, cause: ChangeCause): void {
    order.lots -= taken
    write(order.side, order.ticks, lotsAt(order.side, order.ticks) - taken, cause)
  }

  function applyOrder({ action, orderId, side, price, size, scrolled }: OrderEvent): void {
    const ticks = ticksOf(price)
    const lots = lotsOf(size)
    if (!(lots > 0 && Number.isInteger(lots) && Number.isInteger(ticks))) return fault()
    const held = orders.find((order) => order.orderId === orderId)
    const ahead = held ? queue(held.side, held.ticks).slice(0, queue(held.side, held.ticks).indexOf(held)).reduce((sum, order) => sum + order.lots, 0) : NaN
    const anonymous = held ? lotsAt(held.side, held.ticks) - knownLots(held.side, held.ticks) : NaN
    if (action === 'add' || action === 'replace') {
      if (action === 'replace' && !held) return fault()
      forgotten.delete(orderId)
      if (held) leave(held, held.lots, 'replace')
      write(side, ticks, lotsAt(side, ticks) + lots, action)
      orders.push({ orderId, side, ticks, lots })
    } else {
      const cause = action === 'fill' ? 'fill' : 'cancel'
      if (held) leave(held, action === 'remove' ? held.lots : Math.min(lots, held.lots), cause)
      else {
        if (!forgotten.has(orderId)) unseenOrders++
        if (action === 'remove') forgotten.delete(orderId)
        if (lots > lotsAt(side, ticks)) return fault()
        write(side, ticks, lotsAt(side, ticks) - lots, cause)
        believeTotal(side, ticks)
      }
    }
    setLevels('bid', scrolled?.bids ?? [], 'scroll')
    setLevels('ask', scrolled?.asks ?? [], 'scroll')
    const moved = held && (held.side === 'bid' ? scrolled?.bids : scrolled?.asks)?.some(([far]) => ticksOf(far) === held.ticks)
    if (held && synced && !moved) orderLotsAhead = ahead + anonymous
  }

  function apply(event: MarketEvent): void {
    changes = []
    orderLotsAhead = NaN
    if (event.kind === 'instrument') {
      const text = JSON.stringify([event.definition, String(event.levels)])
      if (text === definition) return
      definition = text
      instrument = event.definition
      shown = event.levels
      restart()
    } else if (!instrument) throw new Error(`Expected an instrument event of ${event.instrument} before its ${event.kind} event.`)
    else if (event.kind === 'status' && event.channel !== 'trades' && restarting.includes(event.status)) restart()
    else if (event.kind === 'snapshot') snapshot(event)
    else if (event.kind === 'delta' && synced) {
      setLevels('bid', event.bids, event.cause ?? 'set')
      setLevels('ask', event.asks, event.cause ?? 'set')
    } else if (event.kind === 'order' && synced) applyOrder(event)
  }

  const ticksAt = (side: Side, level: number): Ticks => known(side)[level]?.[0] ?? NaN
  const sizeAt = (side: Side, level: number): Lots => (level < knownDepth(side) ? (known(side)[level]?.[1] ?? 0) : NaN)

  return {
    get instrument() { return instrument },
    get changes() { return changes },
    get epoch() { return epoch },
    get faults() { return faults },
    get unseenOrders() { return unseenOrders },
    get forgottenOrders() { return forgottenOrders },
    get tickSize() { return instrument?.tickSize ?? NaN },
    get lotSize() { return instrument?.lotSize ?? NaN },
    get synced() { return synced },
    get crossed() { return ticksAt('bid', 0) >= ticksAt('ask', 0) },
    get bidDepth() { return sizes.bid.size },
    get askDepth() { return sizes.ask.size },
    get bidKnownDepth() { return knownDepth('bid') },
    get askKnownDepth() { return knownDepth('ask') },
    bidTicks: (level) => ticksAt('bid', level),
    askTicks: (level) => ticksAt('ask', level),
    bidLots: (level) => sizeAt('bid', level),
    askLots: (level) => sizeAt('ask', level),
    levels: known,
    queue: (side, ticks) => queue(side, ticks).map(({ orderId, lots }) => ({ orderId, lots })),
    anonymousLots: (side, ticks) => lotsAt(side, ticks) - knownLots(side, ticks),
    get orderLotsAhead() { return orderLotsAhead },
    apply,
  }
}
