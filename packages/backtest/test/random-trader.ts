import { seededRandom, type OrderReport, type OrderRequest, type Strategy, type Tick } from '@rxlob/core'

export interface TraderLog {
  readonly reports: OrderReport[]
  readonly placed: number[]
}

/** Sends random orders of every type near the touch, changes and cancels them, and some that no venue takes. */
export function randomTrader(seed: number, rate: number, badRate = 0.1): Strategy & { readonly log: TraderLog } {
  const random = seededRandom(seed)
  const log: TraderLog = { reports: [], placed: [] }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const order = ({ book, instrument }: Tick): OrderRequest => {
    const bid = book.bidTicks(0)
    const ask = book.askTicks(0)
    const buys = random() < 0.5
    const near = Math.round((buys ? bid : ask) + (random() - 0.5) * 6)
    const bad = random() < badRate
    return {
      instrument: bad && random() < 0.2 ? 'made:NONE' : instrument.id,
      side: buys ? 'buy' : 'sell',
      type: pick(['market', 'limit', 'limit', 'limit', 'post-only', 'post-only', 'ioc', 'fok'] as const),
      lots: bad ? pick([0, -5, NaN, 1e12, 0.5]) : 1 + Math.floor(random() * random() * 40),
      ticks: bad ? pick([NaN, near + 0.5, 0, -3, near]) : near,
    }
  }
  return {
    name: 'random_trader',
    log,
    init: () => undefined,
    onTick: (_, tick, orders) => {
      if (random() >= rate) return
      const what = random()
      if (what < 0.6) log.placed.push(orders.place(order(tick)))
      else if (what < 0.8) orders.cancel(random() < 0.9 && log.placed.length > 0 ? pick(log.placed) : 1e6)
      else if (what < 0.95 && log.placed.length > 0) {
        const id = pick(log.placed)
        const { ticks, lots } = order(tick)
        orders.replace(id, { ...(random() < 0.7 && ticks !== undefined && { ticks }), ...(random() < 0.7 && { lots }) })
      } else orders.target(tick.instrument.id, Math.floor((random() - 0.5) * 20))
    },
    onOrder: (_, report) => {
      log.reports.push(report)
    },
  }
}
