import type { Exchange, ExchangeListener, NewOrder, OrderOutcome } from '../../src/exchange/index.js'

interface NaiveOrder {
  readonly orderId: number
  readonly side: 'bid' | 'ask'
  ticks: number
  lots: number
  arrival: number
}

/** Price-time priority in the plainest way: one list of orders, filtered and sorted for every question. */
export function naiveExchange(report: (line: string) => void): Pick<Exchange, 'submit' | 'cancel' | 'reduce' | 'replace'> & { book(): string } {
  let resting: NaiveOrder[] = []
  let arrivals = 0
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 1_099_511_627_776
  const find = (orderId: number): NaiveOrder | undefined => resting.find((order) => order.orderId === orderId)
  const sorted = (side: 'bid' | 'ask'): NaiveOrder[] =>
    resting.filter((order) => order.side === side).sort((a, b) => (side === 'bid' ? b.ticks - a.ticks : a.ticks - b.ticks) || a.arrival - b.arrival)
  const makersFor = ({ side, type, ticks }: NewOrder): NaiveOrder[] =>
    sorted(side === 'buy' ? 'ask' : 'bid').filter((maker) => type === 'market' || (side === 'buy' ? maker.ticks <= ticks! : maker.ticks >= ticks!))
  const rejected = (reason: NonNullable<OrderOutcome['reason']>): OrderOutcome => ({ status: 'rejected', filledLots: 0, restingLots: 0, reason })

  function enter(order: NewOrder): OrderOutcome {
    let left = order.lots
    for (const maker of makersFor(order)) {
      if (left === 0) break
      const traded = Math.min(left, maker.lots)
      maker.lots -= traded
      left -= traded
      report(`filled ${maker.orderId} ${maker.side} ${maker.ticks} left ${maker.lots} by ${order.orderId} ${traded}`)
    }
    resting = resting.filter(({ lots }) => lots > 0)
    const filledLots = order.lots - left
    if (left === 0) return { status: 'filled', filledLots, restingLots: 0 }
    if (order.type !== 'limit' && order.type !== 'post-only') return { status: 'expired', filledLots, restingLots: 0 }
    const side = order.side === 'buy' ? 'bid' : 'ask'
    resting.push({ orderId: order.orderId, side, ticks: order.ticks!, lots: left, arrival: arrivals++ })
    report(`added ${order.orderId} ${side} ${order.ticks} ${left}`)
    return { status: filledLots > 0 ? 'partly-filled' : 'accepted', filledLots, restingLots: left }
  }

  function cancel(orderId: number): number {
    const order = find(orderId)
    if (order === undefined) return 0
    resting = resting.filter((other) => other !== order)
    report(`removed ${orderId} ${order.side} ${order.ticks} ${order.lots}`)
    return order.lots
  }

  return {
    submit(order) {
      if (!Number.isSafeInteger(order.orderId) || order.orderId < 0) return rejected('bad-order-id')
      if (!whole(order.lots)) return rejected('bad-lots')
      if (order.type !== 'market' && !Number.isSafeInteger(order.ticks)) return rejected('bad-ticks')
      if (find(order.orderId)) return rejected('duplicate-order-id')
      const available = makersFor(order).reduce((sum, { lots }) => sum + lots, 0)
      if (order.type === 'post-only' && available > 0) return rejected('would-trade')
      if (order.type === 'fok' && available < order.lots) return { status: 'expired', filledLots: 0, restingLots: 0 }
      return enter(order)
    },
    cancel,
    reduce(orderId, lots) {
      const order = find(orderId)
      if (order === undefined || !whole(lots)) return 0
      if (lots >= order.lots) return cancel(orderId)
      order.lots -= lots
      report(`reduced ${orderId} ${order.side} ${order.ticks} by ${lots} left ${order.lots}`)
      return lots
    },
    replace(orderId, { ticks: wantedTicks, lots: wantedLots }) {
      const order = find(orderId)
      if (order === undefined) return rejected('unknown-order-id')
      const ticks = wantedTicks ?? order.ticks
      const lots = wantedLots ?? order.lots
      if (!whole(lots)) return rejected('bad-lots')
      if (!Number.isSafeInteger(ticks)) return rejected('bad-ticks')
      const entering: NewOrder = { orderId, side: order.side === 'bid' ? 'buy' : 'sell', type: 'limit', ticks, lots }
      if (makersFor(entering).length > 0) {
        cancel(orderId)
        return enter(entering)
      }
      if (ticks === order.ticks && lots < order.lots) {
        report(`reduced ${orderId} ${order.side} ${ticks} by ${order.lots - lots} left ${lots}`)
      } else {
        report(`replaced ${orderId} ${order.side} ${order.ticks} ${order.lots} to ${ticks} ${lots}`)
        order.arrival = arrivals++
      }
      order.ticks = ticks
      order.lots = lots
      return { status: 'accepted', filledLots: 0, restingLots: lots }
    },
    book: () => (['bid', 'ask'] as const).map((side) => sorted(side).map(({ ticks, orderId, lots }) => `${ticks}:${orderId}x${lots}`).join(' ')).join(' | '),
  }
}

/** The reports of an exchange in the words of the naive one. */
export function reportLines(report: (line: string) => void): ExchangeListener {
  return {
    added: ({ orderId, side, ticks, lots }) => report(`added ${orderId} ${side} ${ticks} ${lots}`),
    reduced: ({ orderId, side, ticks, lots }, taken) => report(`reduced ${orderId} ${side} ${ticks} by ${taken} left ${lots}`),
    removed: ({ orderId, side, ticks, lots }) => report(`removed ${orderId} ${side} ${ticks} ${lots}`),
    filled: ({ orderId, side, ticks, lots }, traded, taker) => report(`filled ${orderId} ${side} ${ticks} left ${lots} by ${taker} ${traded}`),
    replaced: ({ orderId, side, ticks, lots }, fromTicks, fromLots) => report(`replaced ${orderId} ${side} ${fromTicks} ${fromLots} to ${ticks} ${lots}`),
  }
}

/** Every order of an exchange in the words of the naive one; also checks what the queues say of themselves. */
export function bookLine(venue: Exchange): string {
  return (['bid', 'ask'] as const)
    .map((side) => {
      const orders: string[] = []
      for (let level = 0; level < venue.depth(side); level++) {
        const queue = venue.queue(side, level)!
        const held = [...queue.orders()]
        const total = held.reduce((sum, { lots }) => sum + lots, 0)
        if (total !== queue.lots || held.length !== queue.orderCount || held[0] !== queue.first || held.at(-1) !== queue.last) {
          throw new Error(`queue at ${queue.ticks} says ${queue.lots} lots in ${queue.orderCount} orders, holds ${total} in ${held.length}`)
        }
        if (venue.queueAt(side, queue.ticks) !== queue) throw new Error(`no queue found at ${queue.ticks}`)
        for (const { orderId, lots } of held) orders.push(`${queue.ticks}:${orderId}x${lots}`)
      }
      return orders.join(' ')
    })
    .join(' | ')
}
