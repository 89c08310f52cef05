import type { BookDelta, Channel, Instrument, MarketEvent, OrderEvent, PriceLevel, Random, ScrolledLevels, Side, StatusName, Ticks, Trade } from '@rxlob/core'
import { hiddenMarket, totalLots, type Decimals, type HiddenLevel, type HiddenMarket } from './hidden-market.js'
import type { EventRates } from './make-events.js'

/** The times of one event. */
export type EventStamp = Pick<MarketEvent, 'tsExchange' | 'tsLocal' | 'nanos'>

export interface ScriptOptions {
  readonly definition: Instrument
  readonly book: 'l2' | 'l3'
  readonly levels: number
  readonly rates: EventRates
  readonly random: Random
  stamp(): EventStamp
  emit(event: MarketEvent): void
}

/** The events of one instrument, one call after the other. A step may emit none, or several that belong together. */
export interface InstrumentScript {
  /** The true book, and whether an observer of the events is synced with it. */
  readonly market: HiddenMarket
  readonly synced: boolean
  begin(): void
  step(): void
  end(): void
}

const restarts: readonly StatusName[] = ['gap', 'disconnected', 'stale', 'dropped', 'session']
const prints: readonly Trade['print'][] = ['regular', 'regular', 'hidden', 'cross', 'off-book']

export function instrumentScript({ definition, book, levels, rates, random, stamp, emit }: ScriptOptions): InstrumentScript {
  let instrument = definition
  let decimals = decimalsOf(instrument)
  let market: HiddenMarket = hiddenMarket(levels, decimals)
  let anchor = 50_000
  let seq = 100
  let lastId = 0
  let synced = false
  let awaited = 0
  let draining: Side | undefined
  let drained = 0

  // Levels a side tends to: thin books, ordinary ones, and some deeper than any window.
  let crowd = 25
  const upTo = (count: number): number => Math.floor(random() * count)
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)]!
  const someLots = (): number => (random() < 0.05 ? 1 + upTo(5000) : 1 + upTo(30))
  const header = () => ({ instrument: instrument.id, ...stamp(), ...(random() < 0.9 && { seq: ++seq }) })
  const other = (side: Side): Side => (side === 'bid' ? 'ask' : 'bid')
  const worse = (side: Side, ticks: Ticks, by: number): Ticks => (side === 'bid' ? ticks - by : ticks + by)
  const bestOf = (side: Side): Ticks | undefined => market[side].levels[0]?.ticks
  const crossed = (): boolean => (bestOf('bid') ?? -Infinity) >= (bestOf('ask') ?? Infinity)
  const visible = (side: Side): readonly HiddenLevel[] => market[side].levels.slice(0, levels)

  function status(name: StatusName, channel: Channel, more: { fromSeq?: number; toSeq?: number; count?: number; reason?: string } = {}): void {
    emit({ kind: 'status', ...header(), status: name, channel, ...more })
  }

  function snapshot(): void {
    crowd = pick([3, 25, 120])
    const { orders, ...seen } = market.reveal(random() < 0.5 ? 'all' : random() < 0.8 ? 'some' : 'none', random)
    emit({ kind: 'snapshot', ...header(), ...seen, ...(book === 'l3' && orders.length > 0 && { orders }) })
    synced = true
  }

  /** A price for new interest: mostly near the best, at times deep, at times through the other side. */
  function newPrice(side: Side): Ticks {
    const facing = bestOf(other(side))
    if (facing !== undefined && random() < rates.crossed) return worse(side, facing, -upTo(3))
    const own = bestOf(side) ?? (facing === undefined ? anchor : worse(side, facing, 1 + upTo(4)))
    const wanted = worse(side, own, random() < 0.15 ? -1 - upTo(2) : Math.floor(random() ** 2 * 2 * crowd))
    if (facing === undefined) return wanted
    return side === 'bid' ? Math.min(wanted, facing - 1) : Math.max(wanted, facing + 1)
  }

  const delta = (bids: readonly PriceLevel[], asks: readonly PriceLevel[], cause?: BookDelta['cause']): void =>
    emit({ kind: 'delta', ...header(), bids, asks, ...(cause && { cause }) })

  function setLevels(changes: readonly { side: Side; ticks: Ticks; lots: number }[]): void {
    const of = (wanted: Side): PriceLevel[] => changes.filter(({ side }) => side === wanted).map(({ ticks, lots }) => [decimals.price(ticks), decimals.size(lots)])
    const scrolled = market.watch(changes, () => changes.forEach(({ side, ticks, lots }) => market.setTotal(side, ticks, lots)))
    delta(of('bid'), of('ask'), random() < 0.2 ? 'set' : undefined)
    if (scrolled) delta(scrolled.bids, scrolled.asks, 'scroll')
  }

  function levelStep(): void {
    const changes = Array.from({ length: random() < 0.02 ? 0 : 1 + upTo(random() < 0.8 ? 2 : 6) }, () => {
      const side: Side = random() < 0.5 ? 'bid' : 'ask'
      const held = visible(side)
      const removes = held.length >= Math.min(4, levels) && random() < (market[side].levels.length > crowd ? 0.75 : 0.3)
      return { side, ticks: removes || (held.length > 0 && random() < 0.3) ? pick(held).ticks : newPrice(side), lots: removes || random() < 0.03 ? 0 : someLots() }
    })
    // A price is named once in an event.
    setLevels(changes.filter(({ side, ticks }, at) => changes.findIndex((one) => one.side === side && one.ticks === ticks) === at))
  }

  function order(action: OrderEvent['action'], orderId: number, side: Side, ticks: Ticks, lots: number, scrolled?: ScrolledLevels): void {
    emit({
      kind: 'order', ...header(), action, orderId, side, price: decimals.price(ticks), size: decimals.size(lots),
      ...(random() < 0.1 && { orderKey: `key-${orderId}` }), ...(scrolled && { scrolled }),
    })
  }

  function addOrder(side: Side, ticks: Ticks): void {
    const added = { orderId: ++lastId, lots: someLots() }
    const { lots } = added
    const seenBefore = market.inView(side, ticks)
    const scrolled = market.watch([{ side, ticks }], () => market.add(side, ticks, added))
    if (seenBefore || market.inView(side, ticks)) return order('add', added.orderId, side, ticks, lots, scrolled)
    // Nobody sees an order beyond the window; it is anonymous when its level comes into view.
    const held = market.level(side, ticks)!
    held.anonymous = totalLots(held)
    held.orders = []
    held.forgotten = []
    if (scrolled) delta(scrolled.bids, scrolled.asks, 'scroll')
  }

  /** Takes from an order at a level: one that is known, one that was, or one that never was. */
  function takeAt(side: Side, held: HiddenLevel, wanted?: 'fill'): void {
    const { ticks, orders, forgotten, anonymous } = held
    const action = wanted ?? pick(['reduce', 'remove', 'remove', 'fill'] as const)
    const gone = forgotten.findLast(({ lots }) => lots <= anonymous)
    if (gone && random() < 0.5) {
      forgotten.splice(forgotten.indexOf(gone), 1)
      const scrolled = market.watch([{ side, ticks }], () => market.takeFront(side, ticks, gone.lots))
      return order('remove', gone.orderId, side, ticks, gone.lots, scrolled)
    }
    if (orders.length === 0 || random() < rates.unknownOrders) {
      const lots = 1 + upTo(random() < 0.7 && anonymous > 0 ? anonymous : totalLots(held))
      const scrolled = market.watch([{ side, ticks }], () => market.takeFront(side, ticks, lots))
      return order(action, ++lastId, side, ticks, lots, scrolled)
    }
    const known = action === 'fill' && random() < 0.8 ? orders[0]! : pick(orders)
    const lots = action === 'remove' ? known.lots : 1 + upTo(known.lots)
    const scrolled = market.watch([{ side, ticks }], () => market.takeFrom(side, ticks, known, lots))
    order(action, known.orderId, side, ticks, lots, scrolled)
  }

  function replaceAt(side: Side, held: HiddenLevel): void {
    const to = random() < 0.3 ? held.ticks : newPrice(side)
    const last = visible(side).at(-1)!.ticks
    const moved = held.orders[upTo(held.orders.length)]
    if (!moved || (side === 'bid' ? to < last : to > last)) return takeAt(side, held)
    const lots = someLots()
    const scrolled = market.watch([{ side, ticks: held.ticks }, { side, ticks: to }], () => {
      market.takeFrom(side, held.ticks, moved, moved.lots)
      market.add(side, to, { orderId: moved.orderId, lots })
    })
    order('replace', moved.orderId, side, to, lots, scrolled)
  }

  function orderStep(): void {
    const side: Side = random() < 0.5 ? 'bid' : 'ask'
    const held = visible(side)
    const roll = random()
    if (held.length < Math.min(3, levels) || roll < (market[side].levels.length > crowd ? 0.25 : 0.55)) return addOrder(side, newPrice(side))
    const level = held[Math.floor(random() ** 2 * held.length)]!
    if (roll > 0.97) return setLevels([{ side, ticks: level.ticks, lots: random() < 0.3 ? 0 : someLots() }])
    if (roll > 0.9) return replaceAt(side, level)
    takeAt(side, level)
  }

  function trade(): void {
    const aggressor = pick(['buy', 'sell', 'unknown'] as const)
    const at = bestOf(aggressor === 'sell' ? 'bid' : 'ask') ?? anchor
    const print = pick(prints)
    emit({
      kind: 'trade', ...header(), price: decimals.price(print === 'hidden' ? at - 0.5 : at), size: decimals.size(someLots()),
      aggressor, print, ...(random() < 0.5 && { id: `t${seq}` }),
    })
  }

  /** Takes from the best level of a side. */
  function takeBest(side: Side): void {
    const held = visible(side)[0]!
    if (book === 'l3') takeAt(side, held, 'fill')
    else setLevels([{ side, ticks: held.ticks, lots: 0 }])
  }

  function interrupt(): void {
    const name = pick(restarts)
    const channel: Channel = random() < 0.5 ? 'book' : 'all'
    status(name, channel, name === 'gap' ? { fromSeq: seq + 1, toSeq: (seq += 1 + upTo(50)) } : { reason: `made up: ${name}` })
    synced = false
    awaited = upTo(6)
  }

  function impossible(): void {
    const side: Side = random() < 0.5 ? 'bid' : 'ask'
    const ticks = bestOf(side) ?? anchor
    const held = market.level(side, ticks)
    if (book === 'l2' || random() < 0.3) delta([[decimals.price(ticks - 0.5), 1]], [])
    else if (random() < 0.5) order('replace', ++lastId, side, ticks, 1)
    else order(pick(['reduce', 'remove', 'fill']), ++lastId, side, ticks, (held ? totalLots(held) : 0) + 1)
    synced = false
    awaited = upTo(6)
  }

  function redefine(): void {
    instrument = { ...instrument, tickSize: Number((instrument.tickSize * pick([2, 5, 10])).toPrecision(6)) }
    decimals = decimalsOf(instrument)
    market = hiddenMarket(levels, decimals)
    anchor = 20_000 + upTo(80_000)
    emit({ kind: 'instrument', ...header(), definition: instrument, levels })
    synced = false
    awaited = upTo(4)
  }

  function step(): void {
    const roll = random()
    let bound = 0
    const happens = (rate: number): boolean => roll < (bound += rate)
    if (!synced && awaited-- <= 0) return snapshot()
    if (happens(rates.gaps)) return interrupt()
    if (happens(rates.snapshots)) return snapshot()
    if (happens(rates.redefinitions)) return redefine()
    if (happens(rates.trades)) return trade()
    if (happens(rates.statuses)) return quietStatus()
    if (synced && happens(rates.impossible)) return impossible()
    if (happens(rates.drains) && draining === undefined) {
      draining = random() < 0.5 ? 'bid' : 'ask'
      drained = 3 + upTo(10)
    }
    if (draining !== undefined) {
      if (market[draining].levels.length > 0) return takeBest(draining)
      if (drained-- > 0) return trade()
      if (random() < 0.3 && market[other(draining)].levels.length > 0) draining = other(draining)
      else draining = undefined
    }
    if (crossed() && random() < 0.4) return takeBest(random() < 0.5 ? 'bid' : 'ask')
    if (book === 'l3') orderStep()
    else levelStep()
  }

  function quietStatus(): void {
    if (random() < 0.3) status(pick(['gap', 'dropped']), 'trades', { count: 1 + upTo(9) })
    else status(pick(['halted', 'resumed', 'crossed', 'refused', 'connected']), pick(['book', 'all']))
  }

  return {
    get market() { return market },
    get synced() { return synced },
    begin() {
      emit({ kind: 'instrument', ...header(), definition: instrument, levels })
      if (random() < 0.5) status('connected', 'all')
      for (let rank = 0; rank < 12; rank++) {
        if (rank > 0 || random() < 0.9) market.setTotal('bid', anchor - 1 - rank * (1 + upTo(2)), someLots())
        market.setTotal('ask', anchor + 1 + rank, someLots())
      }
      snapshot()
    },
    step,
    end: () => status('ended', 'all'),
  }
}

/** The doubles nearest to the decimals that a venue would print. */
function decimalsOf({ tickSize, lotSize }: Instrument): Decimals {
  const digits = (step: number): number => Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + 4)
  const decimal = (count: number, step: number): number => Number((count * step).toFixed(Math.min(20, digits(step))))
  return { price: (ticks) => decimal(ticks, tickSize), size: (lots) => decimal(lots, lotSize) }
}
