import { type Random, type Side, type Ticks } from '@rxlob/core'
import type { EventRecorder } from './event-recorder.js'
import type { Exchange, NewOrder } from './exchange/index.js'
import { waitNanos, type MarketProcess, type SessionClock } from './market-process.js'
import { openingBook } from './opening-book.js'
import { orderLots } from './order-lots.js'
import type { RegimeSchedule } from './regimes.js'

/** Rates of a market that nobody steers, per second of virtual time. */
export interface MarketRates {
  /** Limit orders of each side, over all distances. Default 30. */
  readonly limitOrders: number
  /** Market orders of each side while the spread is one tick and the queues are balanced. Default 1.5. */
  readonly marketOrders: number
  /** Chance a second that an order at the touch is cancelled; far from it the rate falls to a seventh. Default 0.6. */
  readonly cancellations: number
  /** Share of market orders that trade inside a wide spread against hidden orders. Default 0.25. */
  readonly hiddenShare: number
}

export interface ReactiveMarketOptions {
  readonly venue: Exchange
  readonly recorder: EventRecorder
  readonly clock: SessionClock
  readonly random: Random
  readonly rates: MarketRates
  readonly regimes: RegimeSchedule
  readonly openingBidTicks: Ticks
}

/** Limit orders arrive up to this many ticks from the opposite best. */
const reachTicks = 40
/** Share of cancellations that take part of the order, and that move it to another price. */
const partialShare = 0.05
const replaceShare = 0.04
/** How strongly the side of limit and market orders follows the imbalance of the best queues, 0 to 1. */
const limitReaction = 0.25
const marketReaction = 0.7

/** Relative arrival rate at a distance in ticks from the opposite best: a power law with a soft start. */
const arrivalWeight = (distance: number): number => (1 + distance / 3) ** -1.6
/** Cancellation rate of one order at a distance, relative to the rate at the touch. */
const cancelWeight = (distance: number): number => 0.14 + 0.86 * Math.exp(-(distance - 1) / 5)

/**
 * Zero intelligence, plus a little: limit orders arrive at random distances from the opposite best, every resting
 * order may be cancelled, market orders take from the best queue; and all three lean on what the book shows.
 * Orders and trades favour the side of the heavier queue, and market orders are rarer the wider the spread.
 *
 * Everything is a Poisson process whose rates hold until the next action, so time is drawn exactly.
 * Neither side ever empties: the action that would take a side's last order does nothing.
 *
 * @see Cont, Stoikov and Talreja (2010), A stochastic model for order book dynamics, Operations Research 58(3)
 */
export function reactiveMarket(options: ReactiveMarketOptions): MarketProcess {
  const { venue, recorder, clock, random, rates, regimes, openingBidTicks } = options
  const distanceTable = cumulative(arrivalWeight)
  const totalWeight = distanceTable[distanceTable.length - 1]!
  /** Ids of all resting orders, and of some that have gone since: those are dropped when drawn, or once they are the most. */
  let drawable: number[] = []
  let lastOrderId = 0

  const nextOrderId = (): number => {
    if (drawable.length > 1000 + 2 * venue.orderCount) drawable = drawable.filter((orderId) => venue.order(orderId) !== undefined)
    drawable.push(++lastOrderId)
    return lastOrderId
  }
  const bestTicks = (side: Side): Ticks => venue.queue(side, 0)!.ticks
  const bestLots = (side: Side): number => venue.queue(side, 0)!.lots

  /** Of the best queues: 1 where all is bid, -1 where all is asked. */
  function imbalance(): number {
    const bid = bestLots('bid')
    const ask = bestLots('ask')
    return (bid - ask) / (bid + ask)
  }

  function drawPrice(side: Side): Ticks {
    const wanted = random() * totalWeight
    let distance = 1
    while (distanceTable[distance - 1]! < wanted) distance++
    return side === 'bid' ? bestTicks('ask') - distance : bestTicks('bid') + distance
  }

  function limitOrder(side: Side): void {
    const ticks = drawPrice(side)
    if (ticks < 1) return
    venue.submit({ orderId: nextOrderId(), side: side === 'bid' ? 'buy' : 'sell', type: 'limit', ticks, lots: orderLots(random) })
  }

  function marketOrder(side: NewOrder['side'], spreadTicks: number): void {
    const makers = side === 'buy' ? 'ask' : 'bid'
    const lots = orderLots(random)
    if (spreadTicks > 1 && random() < rates.hiddenShare) {
      recorder.hiddenTrade((bestTicks('bid') + bestTicks('ask')) / 2, lots, side)
      return
    }
    const { lots: available } = venue.queue(makers, 0)!
    if (lots >= available && venue.depth(makers) === 1) return
    venue.submit({ orderId: ++lastOrderId, side, type: 'market', lots: Math.min(lots, available) })
  }

  function drawOrderId(): number {
    for (;;) {
      const place = Math.floor(random() * drawable.length)
      const orderId = drawable[place]!
      if (venue.order(orderId) !== undefined) return orderId
      drawable[place] = drawable[drawable.length - 1]!
      drawable.pop()
    }
  }

  function cancellation(): void {
    const orderId = drawOrderId()
    const { side, ticks, lots } = venue.order(orderId)!
    const distance = side === 'bid' ? bestTicks('ask') - ticks : ticks - bestTicks('bid')
    if (random() >= cancelWeight(distance)) return
    const kind = random()
    if (kind < partialShare && lots > 1) {
      venue.reduce(orderId, Math.ceil(lots / 2))
      return
    }
    if (venue.depth(side) === 1 && venue.queue(side, 0)!.orderCount === 1) return
    if (kind < partialShare + replaceShare) {
      const moved = drawPrice(side)
      if (moved >= 1) venue.replace(orderId, { ticks: moved, lots: orderLots(random) })
    } else {
      venue.cancel(orderId)
    }
  }

  return {
    open() {
      const meanLots = (): number => orderLots(random)
      // The mean that arrivals and cancellations balance at, market orders left out.
      const meanOrders = (level: number): number =>
        (rates.limitOrders * arrivalWeight(level + 1)) / totalWeight / (rates.cancellations * cancelWeight(level + 1))
      for (const side of ['bid', 'ask'] as const) {
        const best = side === 'bid' ? openingBidTicks : openingBidTicks + 1
        openingBook(venue, random, { side, bestTicks: best, levels: reachTicks, meanOrders, lots: meanLots, nextOrderId })
      }
    },

    step(untilNanos) {
      const regime = regimes.at(clock.nanos)
      const lean = imbalance()
      const spreadTicks = bestTicks('ask') - bestTicks('bid')
      const limits = 2 * rates.limitOrders
      const markets = (2 * rates.marketOrders * regime.aggression) / spreadTicks
      const cancels = rates.cancellations * venue.orderCount
      const total = limits + markets + cancels
      const nanos = clock.nanos + waitNanos(total * regime.activity, random())
      if (nanos >= untilNanos) return false
      clock.nanos = nanos
      const draw = random() * total
      if (draw < limits) limitOrder(random() < 0.5 + 0.5 * limitReaction * lean ? 'bid' : 'ask')
      else if (draw < limits + markets) marketOrder(random() < 0.5 + 0.5 * marketReaction * lean ? 'buy' : 'sell', spreadTicks)
      else cancellation()
      return true
    },
  }
}

function cumulative(weight: (distance: number) => number): Float64Array {
  const table = new Float64Array(reachTicks)
  let sum = 0
  for (let distance = 1; distance <= reachTicks; distance++) {
    sum += weight(distance)
    table[distance - 1] = sum
  }
  return table
}
