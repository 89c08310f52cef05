import type { Random, Side } from '@rxlob/core'
import type { Exchange, NewOrder } from '@rxlob/adapters-simulator/exchange'

/** What a flow may do with an exchange: orders in, and nothing else. */
interface OrderDesk extends Pick<Exchange, 'queue' | 'depth' | 'order' | 'orderCount' | 'cancel' | 'reduce' | 'replace'> {
  submit(order: Omit<NewOrder, 'orderId'>): number
}

export interface OrderFlowOptions {
  readonly desk: OrderDesk
  readonly random: Random
  /** Price of the first bid. */
  readonly openingTicks: number
  /** Orders that rest on average, both sides together. */
  readonly orders: number
  /** Ticks from the opposite best that orders reach. */
  readonly reachTicks: number
  /** Orders at each price to begin with. */
  readonly ordersPerLevel: number
}

/** Seeded random orders that keep a two-sided, uncrossed, wandering book. */
export interface OrderFlow {
  open(): void
  /** One order, cancellation, change or trade. */
  act(): void
}

/** How strongly trades lean to the side of the present trend, and how often the trend turns. */
const lean = 0.15
const turn = 0.0005

/** Zero intelligence: nothing here looks like a market but its messages, which is all that a feed sees. */
export function orderFlow({ desk, random, openingTicks, orders, reachTicks, ordersPerLevel }: OrderFlowOptions): OrderFlow {
  const resting: number[] = []
  let trend = 1

  const lots = (): number => 1 + Math.floor(-Math.log(1 - random()) * 100_000 * random())
  const distance = (): number => 1 + Math.min(reachTicks - 1, Math.floor((1 / (1 - random() * 0.999) - 1) * 3))
  const best = (side: Side): number | undefined => desk.queue(side, 0)?.ticks

  function limit(side: Side): void {
    const opposite = best(side === 'bid' ? 'ask' : 'bid') ?? openingTicks
    const ticks = side === 'bid' ? opposite - distance() : opposite + distance()
    if (ticks < 1) return
    resting.push(desk.submit({ side: side === 'bid' ? 'buy' : 'sell', type: 'limit', ticks, lots: lots() }))
  }
  /** A resting order at random, and its place; the ids of orders that are gone are dropped on the way. */
  function draw(): number | undefined {
    while (resting.length > 0) {
      const place = Math.floor(random() * resting.length)
      const id = resting[place]!
      const order = desk.order(id)
      if (order !== undefined) return desk.depth(order.side) > 2 ? id : undefined
      resting[place] = resting.at(-1)!
      resting.pop()
    }
    return undefined
  }
  function trade(): void {
    if (random() < turn * 20) trend = -trend
    const side = random() < 0.5 + lean * trend ? 'buy' : 'sell'
    const makers: Side = side === 'buy' ? 'ask' : 'bid'
    if (desk.depth(makers) < 4) return
    const wanted = Math.ceil(desk.queue(makers, 0)!.lots * random() * 1.5)
    // Now and then one that takes whole levels.
    const sweep = random() < 0.05 ? desk.queue(makers, 1)!.lots : 0
    desk.submit({ side, type: 'market', lots: wanted + sweep })
  }

  return {
    open() {
      for (let level = 0; level < Math.min(reachTicks, Math.ceil(orders / 4)); level++) {
        for (const side of ['bid', 'ask'] as const) {
          const ticks = side === 'bid' ? openingTicks - level : openingTicks + 1 + level
          for (let order = 0; order < ordersPerLevel && ticks >= 1; order++) resting.push(desk.submit({ side: side === 'bid' ? 'buy' : 'sell', type: 'limit', ticks, lots: lots() }))
        }
      }
    },
    act() {
      const kind = random()
      const side: Side = random() < 0.5 ? 'bid' : 'ask'
      if (desk.depth(side) < 4) limit(side)
      else if (kind < 0.46) limit(side)
      else if (kind < 0.5) {
        const id = draw()
        if (id === undefined) return
        const order = desk.order(id)!
        if (random() < 0.5) desk.reduce(id, Math.ceil(order.lots * random() * 0.9))
        else desk.replace(id, { lots: lots(), ...(random() < 0.5 && { ticks: order.side === 'bid' ? order.ticks - 1 : order.ticks + 1 }) })
      } else if (kind < 0.56) trade()
      else {
        // The fuller the book, the more of its orders go.
        if (random() * orders > desk.orderCount) return
        const id = draw()
        if (id !== undefined) desk.cancel(id)
      }
    },
  }
}
