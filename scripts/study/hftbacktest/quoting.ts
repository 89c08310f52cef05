import type { InstrumentId, Lots, Micros, OrderPort, Strategy, Ticks } from '@rxlob/core'

export interface QuotingOptions {
  readonly everyMicros: Micros
  readonly lots: Lots
  readonly maxPositionLots: Lots
  /** Told when the first decision is taken, so that another engine can take it at the same instant. */
  readonly onFirst?: (tsLocal: Micros) => void
}

interface LiveOrder {
  readonly orderId: number
  readonly side: 'buy' | 'sell'
  readonly ticks: Ticks
  leaving: boolean
}

/** From the first whole book on, at a fixed pace: one order at each best price, withdrawn when that is the best no more. Simple enough to be written twice. */
export function quoting({ everyMicros, lots, maxPositionLots, onFirst }: QuotingOptions): Strategy {
  const live: LiveOrder[] = []
  let id: InstrumentId = 'none:none'
  let first = true

  function settle(best: Ticks, side: 'buy' | 'sell', orders: OrderPort): void {
    let has = false
    for (let at = 0; at < live.length; at++) {
      const order = live[at]!
      if (order.side !== side) continue
      has = true
      if (order.ticks === best || order.leaving) continue
      orders.cancel(order.orderId)
      order.leaving = true
    }
    if (has || orders.position(id) * (side === 'buy' ? 1 : -1) >= maxPositionLots) return
    live.push({ orderId: orders.place({ instrument: id, side, type: 'post-only', lots, ticks: best }), side, ticks: best, leaving: false })
  }

  return {
    name: 'quoting',
    timerMicros: everyMicros,
    init: ([instrument]) => {
      id = instrument!.id
    },
    onOrder: (_, { orderId, status, reason }) => {
      if (reason === 'unknown-order' || status === 'accepted' || status === 'partly-filled' || status === 'replaced') return
      const at = live.findIndex((order) => order.orderId === orderId)
      if (at >= 0) live.splice(at, 1)
    },
    onTimer: (_, tsLocal, orders) => {
      const book = orders.book(id)
      if (book?.synced !== true) return
      if (first) onFirst?.(tsLocal)
      first = false
      settle(book.bidTicks(0), 'buy', orders)
      settle(book.askTicks(0), 'sell', orders)
    },
  }
}
