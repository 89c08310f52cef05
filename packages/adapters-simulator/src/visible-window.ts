import { channels, growingBatch, Op, RowFlag, statusNames, type EventBatch, type GrowingBatch, type Lots, type Side, type Ticks } from '@rxlob/core'
import { exchange } from './exchange/index.js'

const sides: readonly Side[] = ['bid', 'ask']
const sideFlag = (side: Side): number => (side === 'ask' ? RowFlag.sell : 0)
const sideOf = (flags: number): Side => (flags & RowFlag.sell ? 'ask' : 'bid')
const setOp = (side: Side): number => (side === 'bid' ? Op.setBid : Op.setAsk)

/**
 * What a feed of the best `levels` prices a side shows of a market whose whole book is known: order events beyond them are left
 * out, and levels that come into view or leave it at the far end are scrolled, as in LOBSTER's files. A `replace` becomes a
 * `remove` and an `add`, since either place may be out of view. Batches are given in order; each gives one with the same
 * `position`.
 *
 * Cost: O(1) an event, and memory for every order of the whole book.
 */
export function visibleWindow(levels: number): (batch: EventBatch) => EventBatch {
  const venue = exchange()
  let out: GrowingBatch

  const isVisible = (side: Side, ticks: Ticks): boolean => {
    const last = venue.queue(side, levels - 1)
    return last === undefined || (side === 'bid' ? ticks >= last.ticks : ticks <= last.ticks)
  }
  const enter = (side: Side, ticks: Ticks, lots: Lots, orderId: number): void => {
    venue.submit({ orderId, side: side === 'bid' ? 'buy' : 'sell', type: 'limit', ticks, lots })
  }

  function snapshot(batch: EventBatch, from: number, to: number): void {
    for (const side of sides) {
      for (let queue = venue.queue(side, 0); queue !== undefined; queue = venue.queue(side, 0)) venue.cancel(queue.first!.orderId)
    }
    for (let row = from; row <= to; row++) {
      if (batch.op[row] === Op.add) enter(sideOf(batch.flags[row]!), batch.ticks[row]!, batch.lots[row]!, batch.orderId![row]!)
    }
    const shown = sides.map((side) => Array.from({ length: Math.min(levels, venue.depth(side)) }, (_, level) => venue.queue(side, level)!))
    out.row(Op.clear, 0, 0, RowFlag.snapshot)
    shown.forEach((queues, n) => queues.forEach(({ ticks, lots }) => out.row(setOp(sides[n]!), ticks, lots, RowFlag.snapshot)))
    for (const queue of shown.flat()) {
      for (const { side, ticks, lots, orderId } of queue.orders()) out.row(Op.add, ticks, lots, RowFlag.snapshot | sideFlag(side), orderId)
    }
  }

  function taken(op: number, side: Side, ticks: Ticks, lots: Lots, orderId: number): void {
    const visible = isVisible(side, ticks)
    const before = venue.depth(side)
    venue.reduce(orderId, lots)
    if (!visible) return
    out.row(op, ticks, lots, sideFlag(side), orderId)
    if (venue.depth(side) === before || before < levels) return
    const next = venue.queue(side, levels - 1)
    if (next === undefined) out.row(setOp(side), side === 'bid' ? -Infinity : Infinity, 0, RowFlag.scroll)
    else out.row(setOp(side), next.ticks, next.lots, RowFlag.scroll)
  }

  function added(side: Side, ticks: Ticks, lots: Lots, orderId: number): void {
    const before = venue.depth(side)
    enter(side, ticks, lots, orderId)
    if (!isVisible(side, ticks)) return
    out.row(Op.add, ticks, lots, sideFlag(side), orderId)
    if (venue.depth(side) === before || before < levels - 1) return
    // The window is full: whatever happens beyond its far end will not be told from now on.
    const pushedOut = venue.queue(side, levels)
    const last = venue.queue(side, levels - 1)!.ticks
    out.row(setOp(side), pushedOut?.ticks ?? last + (side === 'bid' ? -1 : 1), 0, RowFlag.scroll)
  }

  function orderRow(batch: EventBatch, row: number, end: () => void): void {
    const op = batch.op[row]!
    const side = sideOf(batch.flags[row]!)
    const ticks = batch.ticks[row]!
    const lots = batch.lots[row]!
    const orderId = batch.orderId![row]!
    if (op === Op.replace) {
      const old = venue.order(orderId)!
      taken(Op.remove, side, old.ticks, old.lots, orderId)
      end()
    }
    if (op === Op.add || op === Op.replace) added(side, ticks, lots, orderId)
    else taken(op, side, ticks, lots, orderId)
  }

  return (batch) => {
    const { instrument, length, seq, nanos } = batch
    out ??= growingBatch({ instrument, levels, rows: length, orders: true, sequences: seq !== undefined, nanos: nanos !== undefined })
    let statuses = 0
    for (let from = 0; from < length; ) {
      let to = from
      while ((batch.flags[to]! & RowFlag.last) === 0) to++
      const op = batch.op[from]!
      const end = (): void => out.end(batch.tsExchange[from]!, batch.tsLocal[from]!, seq?.[from], nanos?.[from])
      if (op === Op.clear) snapshot(batch, from, to)
      else if (op === Op.status) out.status(statusNames[batch.lots[from]!]!, channels[batch.ticks[from]!]!, batch.details?.[statuses++])
      else if (op === Op.trade) out.row(op, batch.ticks[from]!, batch.lots[from]!, batch.flags[from]!)
      else orderRow(batch, from, end)
      end()
      from = to + 1
    }
    return out.take(batch.position)
  }
}
