import { add, fill, reduce, remove } from '../contestants/codes.ts'
import { uniform } from './uniform.ts'

interface Order {
  readonly id: number
  readonly side: 1 | -1
  readonly ticks: number
  lots: number
  /** Place in the list of all orders. */
  place: number
}

/** What a market did, twice: order by order, and as the total of the level that each message touched. */
export interface OrderStreams {
  readonly orders: { readonly opening: number; readonly values: number[] }
  readonly levels: { readonly opening: number; readonly values: number[] }
}

const reachTicks = 300
const restingOrders = 2700
const executedShare = 0.1
const partialShare = 0.06

/**
 * A zero-intelligence market of about 2,700 orders on about 200 levels a side: additions log-uniform in the distance from the opposite
 * best, cancellations of any order alike, executions of the oldest order at the best price. Nothing crosses.
 */
export function orderStreams(seed: number, messages: number): OrderStreams {
  const random = uniform(seed)
  const orders: number[] = []
  const levels: number[] = []
  const resting: Order[] = []
  const queues = new Map<string, { lots: number; orders: Order[] }>()
  const best = { 1: 999_999, '-1': 1_000_000 }
  const counts = { 1: 0, '-1': 0 }
  let lastId = 0

  const queueAt = (side: 1 | -1, ticks: number) => queues.get(`${side} ${ticks}`)
  function write(op: number, order: Order, lots: number): void {
    const key = `${order.side} ${order.ticks}`
    const queue = queues.get(key) ?? { lots: 0, orders: [] }
    queues.set(key, queue)
    queue.lots += op === add ? lots : -lots
    if (op === add) {
      queue.orders.push(order)
      order.place = resting.push(order) - 1
      counts[order.side]++
      if (order.side * order.ticks > order.side * best[order.side]) best[order.side] = order.ticks
    } else {
      order.lots -= lots
      if (order.lots === 0) {
        queue.orders.splice(queue.orders.indexOf(order), 1)
        const last = resting.pop()!
        if (last !== order) resting[(last.place = order.place)] = last
        counts[order.side]--
      }
    }
    if (queue.orders.length === 0) {
      queues.delete(key)
      while (counts[order.side] > 0 && queueAt(order.side, best[order.side]) === undefined) best[order.side] -= order.side
    }
    orders.push(op, order.side, order.ticks, lots, order.id)
    levels.push(order.side, order.ticks, queue.lots)
  }
  function insert(): void {
    const side = random() < 0.5 ? 1 : -1
    const ticks = best[side === 1 ? -1 : 1] - side * Math.floor(Math.exp(random() * Math.log(reachTicks)))
    const lots = 1 + Math.floor(random() ** 2 * 500)
    write(add, { id: ++lastId, side, ticks, lots, place: 0 }, lots)
  }
  function change(): void {
    const executes = random() < executedShare * 2
    const side = random() < 0.5 ? 1 : -1
    const order = executes ? queueAt(side, best[side])!.orders[0]! : resting[Math.floor(random() * resting.length)]!
    if (counts[order.side] < 20) return
    const partial = order.lots > 1 && random() < (executes ? 0.4 : partialShare)
    write(executes ? fill : partial ? reduce : remove, order, partial ? Math.ceil(order.lots / 2) : order.lots)
  }

  while (resting.length < restingOrders) insert()
  const opening = orders.length / 5
  while (orders.length / 5 < opening + messages) {
    if (random() < (resting.length < restingOrders ? 0.53 : 0.47)) insert()
    else change()
  }
  return { orders: { opening, values: orders }, levels: { opening, values: levels } }
}
