import type { MarketEvent, OrderRequest } from '@rxlob/core'

/** An order message of ours and when it reaches the venue. */
export type NaiveMessage =
  | { readonly at: number; readonly kind: 'new'; readonly id: number; readonly request: OrderRequest }
  | { readonly at: number; readonly kind: 'cancel'; readonly id: number }
  | { readonly at: number; readonly kind: 'replace'; readonly id: number; readonly lots?: number; readonly ticks?: number }

export interface NaiveFill {
  readonly id: number
  readonly at: number
  readonly ticks: number
  readonly lots: number
  readonly maker: boolean
}

interface Queued {
  readonly id: number
  lots: number
  readonly mine: boolean
}

interface Mine {
  readonly id: number
  readonly side: 'bid' | 'ask'
  readonly type: OrderRequest['type']
  ticks: number
  lots: number
  readonly came: number
}

/**
 * A venue by brute force: one array a price in which our orders stand among the others', searched from end to end each time.
 * Level 3 events whose book is whole and consistent; prices and sizes are whole numbers (tick and lot of 1).
 */
export function naiveFills(events: readonly MarketEvent[], messages: readonly NaiveMessage[]): NaiveFill[] {
  const queues = { bid: new Map<number, Queued[]>(), ask: new Map<number, Queued[]>() }
  const taken = { bid: new Map<number, number>(), ask: new Map<number, number>() }
  let mine: Mine[] = []
  const fills: NaiveFill[] = []
  let came = 0
  let open = false
  let now = 0

  const other = (side: 'bid' | 'ask'): 'bid' | 'ask' => (side === 'bid' ? 'ask' : 'bid')
  const sign = (side: 'bid' | 'ask'): number => (side === 'bid' ? 1 : -1)
  const shown = (side: 'bid' | 'ask', ticks: number): number => (queues[side].get(ticks) ?? []).filter((order) => !order.mine).reduce((sum, { lots }) => sum + lots, 0)
  const prices = (side: 'bid' | 'ask'): number[] => [...queues[side].keys()].filter((ticks) => shown(side, ticks) > 0).sort((a, b) => sign(side) * (b - a))
  const left = (side: 'bid' | 'ask', ticks: number): number => shown(side, ticks) - (taken[side].get(ticks) ?? 0)
  const queue = (side: 'bid' | 'ask', ticks: number): Queued[] => {
    if (!queues[side].has(ticks)) queues[side].set(ticks, [])
    return queues[side].get(ticks)!
  }
  const inLine = (side: 'bid' | 'ask'): Mine[] => mine.filter((order) => order.side === side).sort((a, b) => sign(side) * (b.ticks - a.ticks) || a.came - b.came)
  const fill = (order: Mine, ticks: number, lots: number, maker: boolean): void => {
    order.lots -= lots
    fills.push({ id: order.id, at: now, ticks, lots, maker })
    const queued = queues[order.side].get(order.ticks)?.find(({ id, mine: own }) => own && id === order.id)
    if (queued !== undefined) queued.lots = order.lots
    if (order.lots === 0) drop(order)
  }
  const drop = (order: Mine): void => {
    mine = mine.filter((held) => held !== order)
    const line = queues[order.side].get(order.ticks)
    if (line !== undefined) queues[order.side].set(order.ticks, line.filter(({ id, mine: own }) => !(own && id === order.id)))
  }
  const execution = (side: 'bid' | 'ask', ticks: number, lots: number, id?: number): void => {
    let budget = lots
    for (const order of inLine(side)) {
      const better = sign(side) * (order.ticks - ticks)
      const line = queues[side].get(order.ticks) ?? []
      const before = id !== undefined && line.findIndex((queued) => queued.mine && queued.id === order.id) < line.findIndex((queued) => !queued.mine && queued.id === id)
      if (better < 0 || (better === 0 && !before) || budget === 0) continue
      const got = Math.min(budget, order.lots)
      budget -= got
      fill(order, order.ticks, got, true)
    }
  }
  const meet = (): void => {
    if ((prices('bid')[0] ?? -Infinity) >= (prices('ask')[0] ?? Infinity)) return
    for (const side of ['bid', 'ask'] as const) {
      for (const order of inLine(side)) {
        for (const ticks of prices(other(side))) {
          if (sign(side) * ticks > sign(side) * order.ticks || order.lots === 0) break
          const got = Math.min(left(other(side), ticks), order.lots)
          if (got <= 0) continue
          taken[other(side)].set(ticks, (taken[other(side)].get(ticks) ?? 0) + got)
          fill(order, order.ticks, got, true)
        }
      }
    }
  }
  const limitTaken = (): void => {
    for (const side of ['bid', 'ask'] as const) for (const [ticks, lots] of taken[side]) taken[side].set(ticks, Math.max(0, Math.min(lots, shown(side, ticks))))
  }
  const withdraw = (side: 'bid' | 'ask', id: number, lots: number): void => {
    for (const line of queues[side].values()) {
      const at = line.findIndex((order) => !order.mine && order.id === id)
      if (at < 0) continue
      line[at]!.lots -= lots
      if (line[at]!.lots <= 0) line.splice(at, 1)
      return
    }
  }
  const enter = (order: Mine): void => {
    const limit = order.type === 'market' ? sign(order.side) * Infinity : order.ticks
    if (order.type !== 'post-only') {
      for (const ticks of prices(other(order.side))) {
        if (sign(order.side) * ticks > sign(order.side) * limit || order.lots === 0) break
        const got = Math.min(left(other(order.side), ticks), order.lots)
        if (got <= 0) continue
        taken[other(order.side)].set(ticks, (taken[other(order.side)].get(ticks) ?? 0) + got)
        fill(order, ticks, got, false)
      }
    }
    if (order.lots === 0 || (order.type !== 'limit' && order.type !== 'post-only')) return
    mine.push(order)
    queue(order.side, order.ticks).push({ id: order.id, lots: order.lots, mine: true })
  }
  const refused = (order: Omit<Mine, 'came'>): boolean => {
    const limit = order.type === 'market' ? sign(order.side) * Infinity : order.ticks
    if (!open || !(order.lots > 0) || !Number.isInteger(order.lots) || order.lots > 1e9) return true
    if (order.type !== 'market' && !(Number.isInteger(order.ticks) && order.ticks > 0)) return true
    const reach = (ticks: number): boolean => sign(order.side) * ticks <= sign(order.side) * limit
    const best = prices(other(order.side))[0]
    const rests = order.type === 'limit' || order.type === 'post-only'
    const ours = mine.filter(({ side, ticks }) => side === other(order.side) && reach(ticks))
    if (ours.some(({ ticks }) => rests || best === undefined || sign(order.side) * ticks < sign(order.side) * best)) return true
    const meets = prices(other(order.side)).filter(reach)
    if (order.type === 'post-only') return meets.length > 0
    return order.type === 'fok' && meets.reduce((sum, ticks) => sum + Math.max(0, left(other(order.side), ticks)), 0) < order.lots
  }
  const hear = (message: NaiveMessage): void => {
    now = message.at
    if (message.kind === 'new') {
      const { request, id } = message
      const order: Mine = { id, side: request.side === 'buy' ? 'bid' : 'ask', type: request.type, ticks: request.ticks ?? NaN, lots: request.lots, came: ++came }
      if (!refused(order)) enter(order)
      return
    }
    const order = mine.find(({ id }) => id === message.id)
    if (order === undefined) return
    if (message.kind === 'cancel') return drop(order)
    const { lots = order.lots, ticks = order.ticks } = message
    const changed = { ...order, lots, ticks, came: ++came }
    if (refused(changed)) return
    if (ticks === order.ticks && lots <= order.lots) {
      order.lots = lots
      queue(order.side, ticks).find(({ id, mine: own }) => own && id === order.id)!.lots = lots
      return
    }
    drop(order)
    enter(changed)
  }

  let next = 0
  for (const event of events) {
    while (next < messages.length && messages[next]!.at < event.tsExchange) hear(messages[next++]!)
    now = event.tsExchange
    if (event.kind === 'snapshot') {
      open = true
      for (const { side, price, size, orderId } of event.orders ?? []) queue(side, price).push({ id: orderId, lots: size, mine: false })
    } else if (event.kind === 'trade') {
      if (event.print === 'hidden') execution(event.aggressor === 'sell' ? 'bid' : 'ask', event.price, event.size)
    } else if (event.kind === 'order') {
      const { action, side, price, size, orderId } = event
      if (action === 'fill') {
        taken[side].set(price, Math.max(0, (taken[side].get(price) ?? 0) - size))
        execution(side, price, size, orderId)
      }
      if (action === 'replace') withdraw(side, orderId, Infinity)
      else if (action !== 'add') withdraw(side, orderId, size)
      if (action === 'add' || action === 'replace') queue(side, price).push({ id: orderId, lots: size, mine: false })
      meet()
    } else if (event.kind === 'status' && event.status === 'ended') open = false
    limitTaken()
  }
  return fills
}
