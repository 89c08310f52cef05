import { Op, RowFlag, type GrowingBatch, type Micros } from '@rxlob/core'
import { fileError } from './file-error.js'
import type { MessageBlock } from './message-file.js'
import { orderbookRowError } from './orderbook-row-error.js'
import type { Plan, PlannedDay } from './plan.js'
import { windowSide, type WindowSide } from './window-side.js'

/** Writes the messages of one day as events and keeps the visible window that they make. */
export interface MessageWriter {
  /** Trading is halted: orders may cross until it resumes. */
  halted: boolean
  /** Events that come before the first message: the book as it was, or why it is not known. */
  open(block: MessageBlock, at: number, row: Float64Array | undefined): void
  /** Takes up the day after a message read before. */
  resume(block: MessageBlock, at: number, row: Float64Array | undefined, line: number): void
  /** One message, as one event; where the row after it says something else, a gap and a snapshot too. */
  write(block: MessageBlock, at: number, row: Float64Array | undefined, line: number): void
  /** UTC time of the last message. */
  lastTime(): Micros
}

const Type = { add: 1, reduce: 2, remove: 3, fill: 4, hidden: 5, cross: 6, halt: 7 } as const
const opOfType = [0, Op.add, Op.reduce, Op.remove, Op.fill]

/**
 * @param notBefore UTC time of the last message of the file before, NaN where there is none.
 * @param out Must keep order ids and nanos.
 */
export function messageWriter(plan: Plan, day: PlannedDay, notBefore: Micros, out: GrowingBatch): MessageWriter {
  const { levels, units, hiddenSide } = plan
  const bids = windowSide('bid', levels)
  const asks = windowSide('ask', levels)
  let lastMicros = Number.isNaN(notBefore) ? -1 : notBefore - day.start
  let lastNanos = 0

  function scroll(side: WindowSide, ticks: number, size: number, flags = 0): void {
    out.row(side === bids ? Op.setBid : Op.setAsk, ticks, size, RowFlag.scroll | flags)
  }

  /** What lies beyond a price is not known from here on. */
  function endKnownAfter(side: WindowSide, price: number, flags = 0): void {
    scroll(side, price / units + (side === bids ? -1 : 1), 0, flags)
  }

  function end(block: MessageBlock, at: number): void {
    const time = day.start + block.micros[at]!
    out.end(time, time, NaN, block.nanos[at]!)
  }

  /** @param unknownBeyond Price on a side after which nothing is known, though the side has levels to spare. */
  function snapshot(block: MessageBlock, at: number, unknownBeyond?: { readonly side: WindowSide; readonly price: number }): void {
    out.row(Op.clear, 0, 0, RowFlag.snapshot)
    for (let rank = 0; rank < bids.count; rank++) out.row(Op.setBid, bids.price(rank) / units, bids.size(rank), RowFlag.snapshot)
    for (let rank = 0; rank < asks.count; rank++) out.row(Op.setAsk, asks.price(rank) / units, asks.size(rank), RowFlag.snapshot)
    if (unknownBeyond !== undefined) endKnownAfter(unknownBeyond.side, unknownBeyond.price, RowFlag.snapshot)
    end(block, at)
  }

  function order(type: number, block: MessageBlock, at: number, line: number, checked: boolean): void {
    const price = block.prices[at]!
    const size = block.sizes[at]!
    const isBid = block.directions[at] === 1
    const ticks = price / units
    if (Math.floor(ticks) !== ticks) {
      const advice = 'Set the option tickSize to the smallest price step of this stock.'
      throw fileError({ file: day.messages, line, column: 5, expected: `a visible price on the grid of ${units / 10_000} dollars`, found: String(price), advice })
    }
    out.row(opOfType[type]!, ticks, size, isBid ? 0 : RowFlag.sell, block.orderIds[at]!)
    if (!checked) return
    const side = isBid ? bids : asks
    if (type === Type.add) {
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
  }

  function trade(type: number, block: MessageBlock, at: number): void {
    const masked = type === Type.cross || hiddenSide === 'unknown'
    const aggressor = masked ? RowFlag.unknownSide : block.directions[at] === 1 ? RowFlag.sell : 0
    out.row(Op.trade, block.prices[at]! / units, block.sizes[at]!, aggressor | (type === Type.cross ? RowFlag.cross : RowFlag.hidden))
  }

  function halt(code: number): void {
    writer.halted = code !== 1
    if (code === 0) out.status('halted', 'all', { reason: 'quoting resumes' })
    else out.status(code === 1 ? 'resumed' : 'halted', 'all')
  }

  function refuseBadRow(row: Float64Array, line: number): void {
    const column = Math.max(bids.badColumn(row, units, 0), asks.badColumn(row, units, 0))
    if (column >= 0) throw orderbookRowError(day.orderbook!, line, row, column, units)
  }

  function refuseCrossed(row: Float64Array, line: number): void {
    if (row[2]! < row[0]! || writer.halted) return
    const advice = 'A book crosses only while trading is halted: check that the file was copied whole.'
    throw fileError({ file: day.orderbook!, line, column: 3, expected: `a best bid below the best ask of ${row[0]!}`, found: String(row[2]!), advice })
  }

  function settle(side: WindowSide, row: Float64Array, line: number): void {
    const column = side.badColumn(row, units, levels - 1)
    if (column >= 0) throw orderbookRowError(day.orderbook!, line, row, column, units)
    const price = side.settleDeepest(row)
    if (Number.isNaN(price)) scroll(side, side === bids ? -Infinity : Infinity, 0)
    else scroll(side, price / units, side.size(levels - 1))
  }

  function mismatch(block: MessageBlock, at: number, row: Float64Array, line: number): void {
    refuseBadRow(row, line)
    refuseCrossed(row, line)
    end(block, at)
    out.status('gap', 'book', { reason: `${day.orderbook!} line ${line} is not line ${line - 1} changed by message ${line}: ${differenceOf(row)}` })
    end(block, at)
    bids.load(row)
    asks.load(row)
    snapshot(block, at)
  }

  function differenceOf(row: Float64Array): string {
    const rank = bids.firstDifference(row)
    const side = rank < levels ? bids : asks
    const at = rank < levels ? rank : asks.firstDifference(row)
    const column = 4 * at + (side === bids ? 2 : 0)
    return `${side.side} level ${at + 1} expected ${side.size(at)} at ${side.price(at)}, found ${row[column + 1]!} at ${row[column]!}`
  }

  const writer: MessageWriter = {
    halted: false,
    lastTime: () => day.start + lastMicros,
    open(block, at, row) {
      if (row === undefined) {
        out.status('gap', 'book', { reason: 'no order-book file: what rests before the first message and below the window is not known, so the book stays unsynced' })
        end(block, at)
        return
      }
      refuseBadRow(row, 1)
      refuseCrossed(row, 1)
      bids.load(row)
      asks.load(row)
      const type = block.types[at]!
      const side = block.directions[at] === 1 ? bids : asks
      const deepest = side.price(levels - 1)
      const full = side.count === levels
      if (type <= Type.fill) side.undo(type === Type.add, block.prices[at]!, block.sizes[at]!)
      // A first message that made a level may have pushed another one out of view: which, no row says.
      snapshot(block, at, full && side.count < levels ? { side, price: deepest } : undefined)
    },
    resume(block, at, row, line) {
      lastMicros = block.micros[at]!
      lastNanos = block.nanos[at]!
      if (row === undefined) {
        writer.open(block, at, row)
        return
      }
      refuseBadRow(row, line)
      bids.load(row)
      asks.load(row)
      snapshot(block, at)
    },
    write(block, at, row, line) {
      const micros = block.micros[at]!
      const nanos = block.nanos[at]!
      if (micros < lastMicros || (micros === lastMicros && nanos < lastNanos)) {
        const advice = 'Messages are in order of time: check that the file was not sorted or joined wrongly.'
        throw fileError({ file: day.messages, line, column: 1, expected: `a time not before ${secondsOf(lastMicros, lastNanos)} of the message before`, found: secondsOf(micros, nanos), advice })
      }
      const type = block.types[at]!
      if (type <= Type.fill) order(type, block, at, line, row !== undefined)
      else if (type === Type.halt) halt(block.prices[at]!)
      else trade(type, block, at)
      if (row !== undefined && (bids.firstDifference(row) < levels || asks.firstDifference(row) < levels)) mismatch(block, at, row, line)
      else {
        if (row !== undefined) {
          if (bids.deepestUnknown) settle(bids, row, line)
          if (asks.deepestUnknown) settle(asks, row, line)
          refuseCrossed(row, line)
        }
        end(block, at)
      }
      lastMicros = micros
      lastNanos = nanos
    },
  }
  return writer
}

const secondsOf = (micros: number, nanos: number): string => `${Math.floor(micros / 1e6)}.${String((micros % 1e6) * 1000 + nanos).padStart(9, '0')}`
