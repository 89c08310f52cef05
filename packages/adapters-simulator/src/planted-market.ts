import { LobError, type Lots, type Random, type Side, type Ticks } from '@rxlob/core'
import type { Exchange, ExchangeOrder } from './exchange/index.js'
import type { MarketProcess, SessionClock } from './market-process.js'
import { openingBook } from './opening-book.js'
import { orderLots } from './order-lots.js'
import type { PlantedScript } from './planted-signal.js'

export interface PlantedMarketOptions {
  readonly venue: Exchange
  readonly clock: SessionClock
  readonly script: PlantedScript
  /** The noise of the book. Knows nothing of directions. */
  readonly random: Random
  readonly openingBidTicks: Ticks
}

/** Lots of a queue, both ends included. The ranges do not overlap: any two of them have a known order. */
type LotsRange = readonly [from: Lots, to: Lots]
const tiny: LotsRange = [10, 90]
const small: LotsRange = [100, 300]
const medium: LotsRange = [400, 600]
const large: LotsRange = [700, 1000]
const huge: LotsRange = [1100, 1400]

/** Levels from this one on (0 is the best) live on their own; those before it hold one order each and are arranged. */
const firstFreeLevel = 2
/** Most orders at a free level. A level that comes near is down to one order within `horizonEvents`: this bounds the work. */
const maxOrders = 3
const shownLevels = 14
const opposite = (side: Side): Side => (side === 'bid' ? 'ask' : 'bid')

/**
 * A market in which the next mid move can be foreseen with a stated accuracy from the sizes of the best queues, and no better.
 *
 * The construction. One order event at a time, the book alternates between a spread of one tick and of two. Every
 * `horizonEvents` events one event moves the mid by half a tick: at a spread of one tick the single order at one best price
 * goes (the ask's going moves the mid up), at two ticks an order arrives inside the spread (a bid moves it up). No other event
 * changes a best price. From each move to the next the longer of the two best queues shows the cue: it is longer on the bid
 * side for +1.
 *
 * Why the accuracy is exact. The direction of a move is drawn at the move, equal to the cue with probability `accuracy`, from a
 * random source used for nothing else. All that was shown before (sizes, other events, times, earlier moves) is a function of
 * other random sources, of cues (also of the next one, for which levels are made ready) and of earlier directions. Given the
 * cue the coming direction is independent of them: P(direction = cue | everything shown) = accuracy. The cue can be read off
 * every row, so accuracy is reached as well.
 */
export function plantedMarket({ venue, clock, script, random, openingBidTicks }: PlantedMarketOptions): MarketProcess {
  let lastOrderId = 0
  let events = 0
  let wide = false

  const between = ([from, to]: LotsRange): Lots => from + Math.floor(random() * (to - from + 1))
  const within = (lots: Lots, [from, to]: LotsRange): boolean => lots >= from && lots <= to
  const best = (side: Side): ExchangeOrder => venue.queue(side, 0)!.first!
  const priceAt = (side: Side, level: number): Ticks => venue.queue(side, 0)!.ticks + (side === 'bid' ? -level : level)
  /** Range of a best queue under a cue. */
  const bestRange = (side: Side, cue: 1 | -1): LotsRange => ((cue === 1) === (side === 'bid') ? large : small)

  function add(side: Side, ticks: Ticks, lots: Lots): void {
    if (ticks < 1) throw new LobError('LOB_BAD_OPTION', 'The planted random walk has come near a price of 0: start at a higher `price` or shorten the session.')
    venue.submit({ orderId: ++lastOrderId, side: side === 'bid' ? 'buy' : 'sell', type: 'limit', ticks, lots })
  }

  /** One event that leaves the order with `lots`: a partial cancellation, or a replacement at the same price. */
  function resize({ orderId, lots: held }: ExchangeOrder, lots: Lots): void {
    if (lots < held) venue.reduce(orderId, held - lots)
    else venue.replace(orderId, { lots })
  }

  /** Queue that the second level must have so that, once it is the best, it shows the next cue against the other side's best. */
  function secondRange(side: Side): LotsRange {
    const { cue, nextCue } = script
    if (cue === nextCue) return medium
    return bestRange(opposite(side), cue) === large ? huge : tiny
  }

  const bestIsRight = (side: Side): boolean => within(best(side).lots, bestRange(side, script.cue))

  /** Events still needed for the side to be ready for the next move. */
  function pending(side: Side): number {
    const bestDue = bestIsRight(side) ? 0 : 1
    let missing = 0
    for (let level = 1; level <= firstFreeLevel; level++) if (venue.queueAt(side, priceAt(side, level)) === undefined) missing++
    const second = venue.queueAt(side, priceAt(side, 1))
    if (wide || second === undefined) return bestDue + missing
    return bestDue + missing + second.orderCount - 1 + (within(second.first!.lots, secondRange(side)) ? 0 : 1)
  }

  /** One event that brings the side nearer to the next move. False where it has to wait for the other side. */
  function prepare(side: Side): boolean {
    const range = bestRange(side, script.cue)
    const order = best(side)
    if (!within(order.lots, range)) {
      const lots = between(range)
      const other = best(opposite(side)).lots
      // Both ends of the cue are put right one after the other, and it must hold in between.
      if (range === large ? lots <= other : lots >= other) return false
      resize(order, lots)
      return true
    }
    for (let level = 1; level <= firstFreeLevel; level++) {
      const ticks = priceAt(side, level)
      if (venue.queueAt(side, ticks) === undefined) {
        add(side, ticks, between(level === 1 && !wide ? secondRange(side) : medium))
        return true
      }
    }
    const second = venue.queueAt(side, priceAt(side, 1))!
    if (second.orderCount > 1) venue.cancel(second.last!.orderId)
    else resize(second.first!, between(secondRange(side)))
    return true
  }

  /** A market order for part of a best queue, once both queues are in their ranges; they stay there. */
  function trade(): boolean {
    const side: Side = random() < 0.5 ? 'bid' : 'ask'
    const spare = best(side).lots - bestRange(side, script.cue)[0]
    if (spare < 1 || !bestIsRight('bid') || !bestIsRight('ask')) return false
    venue.submit({ orderId: ++lastOrderId, side: side === 'bid' ? 'sell' : 'buy', type: 'market', lots: 1 + Math.floor(random() * Math.min(spare, 100)) })
    return true
  }

  /** Comings and goings at the free levels, which never empty nor leave gaps. */
  function rustle(): void {
    const side: Side = random() < 0.5 ? 'bid' : 'ask'
    const depth = venue.depth(side)
    if (depth > shownLevels) {
      venue.cancel(venue.queue(side, depth - 1)!.last!.orderId)
      return
    }
    const level = firstFreeLevel + Math.floor(random() * (shownLevels - firstFreeLevel))
    const queue = venue.queue(side, level)
    if (queue === undefined) {
      add(side, venue.queue(side, depth - 1)!.ticks + (side === 'bid' ? -1 : 1), orderLots(random))
    } else if (queue.orderCount < maxOrders && (queue.orderCount === 1 || random() < 0.5)) {
      add(side, queue.ticks, orderLots(random))
    } else {
      const order = random() < 0.5 ? queue.first! : queue.last!
      if (random() < 0.2 && order.lots > 1) venue.reduce(order.orderId, Math.ceil(order.lots / 2))
      else venue.cancel(order.orderId)
    }
  }

  /** The one event in `horizonEvents` that moves the mid. */
  function move(): void {
    const { nextCue } = script
    const up = script.move(clock.nanos).direction === 1
    if (wide) {
      const side: Side = up ? 'bid' : 'ask'
      const other = best(opposite(side)).lots
      const longer = (nextCue === 1) === up
      const range = longer ? (other <= small[1] ? large : huge) : other <= small[1] ? tiny : small
      add(side, priceAt(side, -1), between(range))
    } else {
      const side: Side = up ? 'ask' : 'bid'
      const { orderId, lots } = best(side)
      if (random() < 0.5) venue.cancel(orderId)
      else venue.submit({ orderId: ++lastOrderId, side: up ? 'buy' : 'sell', type: 'market', lots })
    }
    wide = !wide
  }

  function fill(): void {
    const bid = pending('bid')
    const ask = pending('ask')
    const left = script.horizonEvents - (events % script.horizonEvents)
    if (random() * left < bid + ask) {
      const side: Side = random() * (bid + ask) < bid ? 'bid' : 'ask'
      if (prepare(side) || prepare(opposite(side))) return
    }
    if (random() >= 0.1 || !trade()) rustle()
  }

  return {
    open() {
      const nextOrderId = (): number => ++lastOrderId
      for (const side of ['bid', 'ask'] as const) {
        const ranges = [bestRange(side, script.cue), secondRange(side)]
        const lots = (level: number): Lots => (level < firstFreeLevel ? between(ranges[level]!) : orderLots(random))
        openingBook(venue, random, { side, bestTicks: side === 'bid' ? openingBidTicks : openingBidTicks + 1, levels: shownLevels, meanOrders: () => 1, lots, nextOrderId })
      }
    },
    step(untilNanos) {
      const nanos = script.nextEventNanos(clock.nanos)
      if (nanos >= untilNanos) return false
      clock.nanos = nanos
      events++
      if (events % script.horizonEvents === 0) move()
      else fill()
      return true
    },
  }
}
