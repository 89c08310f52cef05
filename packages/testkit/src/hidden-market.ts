import type { Lots, PriceLevel, Random, RestingOrder, ScrolledLevels, Side, Ticks } from '@rxlob/core'

/** An order as the market knows it. */
interface HiddenOrder {
  readonly orderId: number
  lots: Lots
}

/** A price of the hidden book. Anonymous lots stand ahead of every known order. */
export interface HiddenLevel {
  readonly ticks: Ticks
  anonymous: Lots
  orders: HiddenOrder[]
  /** Orders that were known before the level left the window; their lots are anonymous now. */
  forgotten: HiddenOrder[]
}

/** A price that an event names itself. */
interface Touched {
  readonly side: Side
  readonly ticks: Ticks
}

/** What an observer of a window of fixed depth has been told. */
interface HiddenSide {
  readonly side: Side
  /** Best first. */
  levels: HiddenLevel[]
  /** The observer believes to see the whole side. */
  whole: boolean
}

/**
 * The true book behind a made-up stream, and the window through which it is seen.
 *
 * It keeps what an observer who follows the contracts must believe, so that a stream made from it never asks
 * for more than a level holds unless that is wanted.
 */
export interface HiddenMarket {
  readonly bid: HiddenSide
  readonly ask: HiddenSide
  level(side: Side, ticks: Ticks): HiddenLevel | undefined
  /** In view: among the best levels of its side. */
  inView(side: Side, ticks: Ticks): boolean
  /** Sets a level's total as a delta does: known orders in excess of it give way, oldest first; 0 removes it. */
  setTotal(side: Side, ticks: Ticks, lots: Lots): void
  add(side: Side, ticks: Ticks, order: HiddenOrder): void
  /** Takes lots from a known order. */
  takeFrom(side: Side, ticks: Ticks, order: HiddenOrder, lots: Lots): void
  /** Takes lots from the front: the anonymous ones, then the oldest known. */
  takeFront(side: Side, ticks: Ticks, lots: Lots): void
  /** Runs a change and says what it moved into and out of view, apart from the prices it touched itself. */
  watch(touched: readonly Touched[], change: () => void): ScrolledLevels | undefined
  /** Starts the observer again: its snapshot, with or without the orders behind it. */
  reveal(orders: 'all' | 'some' | 'none', random: Random): { bids: PriceLevel[]; asks: PriceLevel[]; orders: RestingOrder[] }
}

/** Prices and sizes as the decimals that events carry. */
export interface Decimals {
  price(ticks: Ticks): number
  size(lots: Lots): number
}

export const totalLots = ({ anonymous, orders }: HiddenLevel): Lots => orders.reduce((sum, { lots }) => sum + lots, anonymous)

/** @param shown Levels per side in the window; Infinity shows all. */
export function hiddenMarket(shown: number, { price, size }: Decimals): HiddenMarket {
  const bid: HiddenSide = { side: 'bid', levels: [], whole: true }
  const ask: HiddenSide = { side: 'ask', levels: [], whole: true }
  const sides = { bid, ask }
  const better = (side: Side, a: Ticks, b: Ticks): boolean => (side === 'bid' ? a > b : a < b)
  const level = (side: Side, ticks: Ticks): HiddenLevel | undefined => sides[side].levels.find((held) => held.ticks === ticks)
  const inView = (side: Side, ticks: Ticks): boolean => sides[side].levels.slice(0, shown).some((held) => held.ticks === ticks)

  function ensure(side: Side, ticks: Ticks): HiddenLevel {
    const { levels } = sides[side]
    let at = 0
    while (at < levels.length && better(side, levels[at]!.ticks, ticks)) at++
    const held = levels[at]
    if (held?.ticks === ticks) return held
    const fresh: HiddenLevel = { ticks, anonymous: 0, orders: [], forgotten: [] }
    levels.splice(at, 0, fresh)
    return fresh
  }

  function tidy(side: Side, held: HiddenLevel): void {
    held.orders = held.orders.filter(({ lots }) => lots > 0)
    if (totalLots(held) === 0) sides[side].levels = sides[side].levels.filter((other) => other !== held)
  }

  function takeFront(side: Side, ticks: Ticks, lots: Lots): void {
    const held = level(side, ticks)!
    const unnamed = Math.min(held.anonymous, lots)
    held.anonymous -= unnamed
    let left = lots - unnamed
    for (const order of held.orders) {
      const taken = Math.min(order.lots, left)
      order.lots -= taken
      left -= taken
    }
    tidy(side, held)
  }

  function forget(held: HiddenLevel): void {
    held.anonymous = totalLots(held)
    held.forgotten.push(...held.orders)
    held.orders = []
  }

  function scrolledOn(side: Side, before: readonly HiddenLevel[], touched: readonly Touched[]): PriceLevel[] {
    const state = sides[side]
    const after = state.levels.slice(0, shown)
    const last = before.at(-1)?.ticks
    const moved: PriceLevel[] = []
    const isTouched = ({ ticks }: HiddenLevel): boolean => touched.some((price) => price.side === side && price.ticks === ticks)
    for (const held of state.levels) {
      if (after.includes(held) || !(before.includes(held) || isTouched(held))) continue
      moved.push([price(held.ticks), 0])
      forget(held)
      state.whole = false
    }
    for (const held of after) {
      const beyond = !state.whole && (last === undefined || better(side, last, held.ticks))
      if (!before.includes(held) && (beyond || !isTouched(held))) moved.push([price(held.ticks), size(totalLots(held))])
    }
    if (!state.whole && after.length < shown) {
      moved.push([side === 'bid' ? -Infinity : Infinity, 0])
      state.whole = true
    }
    if (state.whole && state.levels.length > shown) {
      moved.push([price(state.levels[shown]!.ticks), 0])
      state.whole = false
    }
    return moved
  }

  return {
    bid,
    ask,
    level,
    inView,
    setTotal(side, ticks, lots) {
      const held = level(side, ticks)
      if (lots > 0) {
        const grown = held ?? ensure(side, ticks)
        const excess = totalLots(grown) - lots
        if (excess > 0) takeFront(side, ticks, excess)
        else grown.anonymous -= excess
      } else if (held) sides[side].levels = sides[side].levels.filter((other) => other !== held)
    },
    add: (side, ticks, order) => void ensure(side, ticks).orders.push(order),
    takeFrom(side, ticks, order, lots) {
      order.lots -= lots
      tidy(side, level(side, ticks)!)
    },
    takeFront,
    watch(touched, change) {
      const bidsBefore = bid.levels.slice(0, shown)
      const asksBefore = ask.levels.slice(0, shown)
      change()
      const bids = scrolledOn('bid', bidsBefore, touched)
      const asks = scrolledOn('ask', asksBefore, touched)
      return bids.length + asks.length > 0 ? { bids, asks } : undefined
    },
    reveal(which, random) {
      const orders: RestingOrder[] = []
      for (const state of [bid, ask]) {
        state.whole = state.levels.length < shown
        state.levels.forEach((held, rank) => {
          held.forgotten = []
          const kept = rank < shown && which !== 'none' ? held.orders.filter(() => which === 'all' || random() < 0.6) : []
          held.anonymous = totalLots(held) - kept.reduce((sum, { lots }) => sum + lots, 0)
          held.orders = kept
          for (const { orderId, lots } of kept) orders.push({ orderId, side: state.side, price: price(held.ticks), size: size(lots) })
        })
      }
      const seen = ({ levels }: HiddenSide): PriceLevel[] => levels.slice(0, shown).map((held) => [price(held.ticks), size(totalLots(held))])
      return { bids: seen(bid), asks: seen(ask), orders }
    },
  }
}
