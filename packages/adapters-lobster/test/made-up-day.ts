import { seededRandom } from '@rxlob/core'

export interface MadeUpDay {
  readonly messages: string
  readonly orderbook: string
}

export interface MadeUpDayOptions {
  readonly levels: number
  readonly rows: number
  readonly seed: number
  /** Seconds after midnight of the first message. Default 34200. */
  readonly start?: number
}

interface Resting {
  readonly id: number
  readonly isBid: boolean
  readonly price: number
  size: number
}

/**
 * A LOBSTER day made as LOBSTER makes one: a whole book of orders, deeper than the window, of which only the messages that change
 * the visible levels, and those levels, are written. Sides run thin, so that dummy levels occur.
 */
export function madeUpDay({ levels, rows, seed, start = 34_200 }: MadeUpDayOptions): MadeUpDay {
  const random = seededRandom(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const orders: Resting[] = []
  const messages: string[] = []
  const books: string[] = []
  let nanos = BigInt(start) * 1_000_000_000n
  let nextId = 1000
  const mostOrders = 12 * levels

  const sizes = (isBid: boolean): Map<number, number> => {
    const found = new Map<number, number>()
    for (const order of orders) if (order.isBid === isBid) found.set(order.price, (found.get(order.price) ?? 0) + order.size)
    return found
  }
  const visible = (): string => {
    const side = (isBid: boolean): string[] => {
      const sorted = [...sizes(isBid)].sort(([a], [b]) => (isBid ? b - a : a - b)).slice(0, levels)
      while (sorted.length < levels) sorted.push([isBid ? -9999999999 : 9999999999, 0])
      return sorted.map((level) => level.join())
    }
    const bids = side(true)
    return side(false).map((ask, rank) => `${ask},${bids[rank]}`).join()
  }
  const best = (isBid: boolean): number | undefined => {
    const prices = orders.filter((order) => order.isBid === isBid).map((order) => order.price)
    return prices.length === 0 ? undefined : isBid ? Math.max(...prices) : Math.min(...prices)
  }
  const tell = (type: number, id: number, size: number, price: number, direction: number): void => {
    messages.push(`${nanos / 1_000_000_000n}.${String(nanos % 1_000_000_000n).padStart(9, '0')},${type},${id},${size},${price},${direction}`)
    books.push(visible())
  }

  let before = visible()
  while (messages.length < rows) {
    nanos += BigInt(below(3) === 0 ? 0 : below(5_000_000))
    const dice = below(100)
    if (dice < 3) tell(5, 0, 1 + below(50), 1_000_000 + 50 * (below(9) - 4), below(2) === 0 ? 1 : -1)
    else if (dice < 4) tell(6, -1, below(1000), 1_000_000, -1)
    else if (dice < 5) tell(7, 0, 0, below(3) - 1, -1)
    else if ((dice < 53 && orders.length < mostOrders) || orders.length === 0) {
      const isBid = below(2) === 0
      const limit = best(!isBid) ?? 1_000_000 + (isBid ? 100 : -100)
      const price = isBid ? limit - 100 * (1 + below(3 * levels)) : limit + 100 * (1 + below(3 * levels))
      const order = { id: nextId++, isBid, price, size: 1 + below(200) }
      orders.push(order)
      if (visible() !== before) tell(1, order.id, order.size, price, isBid ? 1 : -1)
    } else {
      const at = below(orders.length)
      const order = orders[at]!
      const atBest = order.price === best(order.isBid)
      const part = 1 + below(order.size)
      const type = part === order.size ? (atBest && below(2) === 0 ? 4 : 3) : atBest && below(2) === 0 ? 4 : 2
      order.size -= part
      if (order.size === 0) orders.splice(at, 1)
      if (visible() !== before) tell(type, order.id, part, order.price, order.isBid ? 1 : -1)
    }
    before = visible()
  }
  return { messages: `${messages.join('\n')}\n`, orderbook: `${books.join('\n')}\n` }
}
