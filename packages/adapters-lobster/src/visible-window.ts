import { Op, RowFlag, type GrowingBatch } from '@rxlob/core'
import { fileError } from './file-error.js'
import { orderbookRowError } from './orderbook-row-error.js'
import type { Plan, PlannedDay } from './plan.js'
import { windowSide, type WindowSide } from './window-side.js'

/** Both sides of the book in view: driven by messages, held against the order-book file, written as rows of a batch. */
export interface VisibleWindow {
  /** Throws where a row cannot be a book. */
  refuse(row: Float64Array, line: number, halted: boolean): void
  /** Takes over a row, checked before. */
  load(row: Float64Array): void
  /** Writes the book as a snapshot. */
  snapshot(): void
  /** Writes the book before a message of a visible order, of which the loaded row is the book after. */
  snapshotBefore(added: boolean, isBid: boolean, price: number, size: number): void
  /** An order changes; writes what that moves out of view. */
  change(added: boolean, isBid: boolean, price: number, size: number, line: number): void
  /** Holds the book against the row after the message and writes what came into view; says what differs, if anything does. */
  settle(row: Float64Array, line: number, halted: boolean): string | undefined
}

export function visibleWindow({ levels, units }: Plan, day: PlannedDay, out: GrowingBatch): VisibleWindow {
  const bids = windowSide('bid', levels)
  const asks = windowSide('ask', levels)

  function scroll(side: WindowSide, ticks: number, size: number, flags = 0): void {
    out.row(side === bids ? Op.setBid : Op.setAsk, ticks, size, RowFlag.scroll | flags)
  }

  /** What lies beyond a price is not known from here on. */
  function endKnownAfter(side: WindowSide, price: number, flags = 0): void {
    scroll(side, price / units + (side === bids ? -1 : 1), 0, flags)
  }

  function writeLevels(): void {
    out.row(Op.clear, 0, 0, RowFlag.snapshot)
    for (let rank = 0; rank < bids.count; rank++) out.row(Op.setBid, bids.price(rank) / units, bids.size(rank), RowFlag.snapshot)
    for (let rank = 0; rank < asks.count; rank++) out.row(Op.setAsk, asks.price(rank) / units, asks.size(rank), RowFlag.snapshot)
  }

  function refuseCrossed(row: Float64Array, line: number, halted: boolean): void {
    if (row[2]! < row[0]! || halted) return
    const advice = 'A book crosses only while trading is halted: check that the file was copied whole.'
    throw fileError({ file: day.orderbook!, line, column: 3, expected: `a best bid below the best ask of ${row[0]!}`, found: String(row[2]!), advice })
  }

  function settleDeepest(side: WindowSide, row: Float64Array, line: number): void {
    const column = side.badColumn(row, units, levels - 1)
    if (column >= 0) throw orderbookRowError(day.orderbook!, line, row, column, units)
    const price = side.settleDeepest(row)
    if (Number.isNaN(price)) scroll(side, side === bids ? -Infinity : Infinity, 0)
    else scroll(side, price / units, side.size(levels - 1))
  }

  function differenceOf(row: Float64Array): string {
    const rank = bids.firstDifference(row)
    const side = rank < levels ? bids : asks
    const at = rank < levels ? rank : asks.firstDifference(row)
    const column = 4 * at + (side === bids ? 2 : 0)
    return `${side.side} level ${at + 1} expected ${side.size(at)} at ${side.price(at)}, found ${row[column + 1]!} at ${row[column]!}`
  }

  return {
    refuse(row, line, halted) {
      const column = Math.max(bids.badColumn(row, units, 0), asks.badColumn(row, units, 0))
      if (column >= 0) throw orderbookRowError(day.orderbook!, line, row, column, units)
      refuseCrossed(row, line, halted)
    },
    load(row) {
      bids.load(row)
      asks.load(row)
    },
    snapshot: writeLevels,
    snapshotBefore(added, isBid, price, size) {
      const side = isBid ? bids : asks
      const full = side.count === levels
      const deepest = side.price(levels - 1)
      side.undo(added, price, size)
      writeLevels()
      // A message that made a level may have pushed another one out of view: which, no row says.
      if (full && side.count < levels) endKnownAfter(side, deepest, RowFlag.snapshot)
    },
    change(added, isBid, price, size, line) {
      const side = isBid ? bids : asks
      if (added) {
        const before = side.count
        const left = side.add(price, size)
        if (!Number.isNaN(left)) scroll(side, left / units, 0)
        // Orders deeper than a full window come and go unannounced.
        else if (before < levels && side.count === levels) endKnownAfter(side, side.price(levels - 1))
      } else if (!side.take(price, size)) {
        throw fileError({
          file: day.messages,
          line,
          column: 4,
          expected: `at most the ${side.sizeAt(price)} shares that the ${side.side} level ${price} has in order-book line ${line - 1}`,
          found: String(size),
          advice: 'A level cannot become negative: check that the two files belong together.',
        })
      }
    },
    settle(row, line, halted) {
      if (bids.firstDifference(row) < levels || asks.firstDifference(row) < levels) return differenceOf(row)
      if (bids.deepestUnknown) settleDeepest(bids, row, line)
      if (asks.deepestUnknown) settleDeepest(asks, row, line)
      refuseCrossed(row, line, halted)
      return undefined
    },
  }
}
