import { Op, RowFlag, type GrowingBatch, type Micros } from '@rxlob/core'
import { fileError } from './file-error.js'
import type { MessageBlock } from './message-file.js'
import type { Plan, PlannedDay } from './plan.js'
import { visibleWindow } from './visible-window.js'

/** Writes the messages of one day as events. A `row` is the order-book row after the message; there is none for a message file alone. */
export interface MessageWriter {
  /** Trading is halted: orders may cross until it resumes. */
  halted: boolean
  /** UTC time of the last message. */
  lastTime(): Micros
  /** Events that come before the first message: a new session after another day, and the book as it was or why it is not known. */
  open(block: MessageBlock, at: number, row: Float64Array | undefined): void
  /** Takes up the day after a message written before; writes nothing. */
  resume(block: MessageBlock, at: number, row: Float64Array | undefined, line: number): void
  /**
   * Messages of visible orders that come without rows, from `from` to before `to` or to the first that is something else or wrong:
   * returns its place, and `write` does or refuses it.
   */
  writeOrders(block: MessageBlock, from: number, to: number): number
  /** One message, as one event; where the row after it says something else, a gap and a snapshot too. */
  write(block: MessageBlock, at: number, row: Float64Array | undefined, line: number): void
}

const Type = { add: 1, reduce: 2, remove: 3, fill: 4, hidden: 5, cross: 6, halt: 7 } as const
const opOfType = [0, Op.add, Op.reduce, Op.remove, Op.fill]
const noBook = 'no order-book file: what rests before the first message and below the window is not known, so the book stays unsynced'

/**
 * @param notBefore UTC time of the last message of the file before, NaN where there is none.
 * @param out Must keep order ids and nanos.
 */
export function messageWriter(plan: Plan, day: PlannedDay, notBefore: Micros, out: GrowingBatch): MessageWriter {
  const { units, hiddenSide } = plan
  const book = visibleWindow(plan, day, out)
  let lastMicros = Number.isNaN(notBefore) ? -1 : notBefore - day.start
  let lastNanos = 0

  function end(block: MessageBlock, at: number): void {
    const time = day.start + block.micros[at]!
    out.end(time, time, NaN, block.nanos[at]!)
  }

  function refuseEarlier(block: MessageBlock, at: number, line: number): void {
    const micros = block.micros[at]!
    const nanos = block.nanos[at]!
    if (micros > lastMicros || (micros === lastMicros && nanos >= lastNanos)) return
    const advice = 'Messages are in order of time: check that the file was not sorted or joined wrongly.'
    throw fileError({ file: day.messages, line, column: 1, expected: `a time not before ${secondsOf(lastMicros, lastNanos)} of the message before`, found: secondsOf(micros, nanos), advice })
  }

  function visibleTicks(price: number, line: number): number {
    const ticks = price / units
    if (Math.floor(ticks) === ticks) return ticks
    const advice = 'Set the option tickSize to the smallest price step of this stock.'
    throw fileError({ file: day.messages, line, column: 5, expected: `a visible price on the grid of ${units / 10_000} dollars`, found: String(price), advice })
  }

  function order(type: number, block: MessageBlock, at: number, line: number, checked: boolean): void {
    const price = block.prices[at]!
    const size = block.sizes[at]!
    const isBid = block.directions[at] === 1
    out.row(opOfType[type]!, visibleTicks(price, line), size, isBid ? 0 : RowFlag.sell, block.orderIds[at]!)
    if (checked) book.change(type === Type.add, isBid, price, size, line)
  }

  function trade(type: number, block: MessageBlock, at: number): void {
    // An auction in which nothing traded.
    if (block.sizes[at] === 0) {
      out.row(Op.none, 0, 0)
      return
    }
    const masked = type === Type.cross || hiddenSide === 'unknown'
    const aggressor = masked ? RowFlag.unknownSide : block.directions[at] === 1 ? RowFlag.sell : 0
    out.row(Op.trade, block.prices[at]! / units, block.sizes[at]!, aggressor | (type === Type.cross ? RowFlag.cross : RowFlag.hidden))
  }

  function halt(code: number): void {
    writer.halted = code !== 1
    if (code === 0) out.status('halted', 'all', { reason: 'quoting resumes' })
    else out.status(code === 1 ? 'resumed' : 'halted', 'all')
  }

  const writer: MessageWriter = {
    halted: false,
    lastTime: () => day.start + lastMicros,
    open(block, at, row) {
      const type = block.types[at]!
      const price = block.prices[at]!
      refuseEarlier(block, at, 1)
      if (type <= Type.fill) visibleTicks(price, 1)
      if (row !== undefined) book.refuse(row, 1, writer.halted)
      if (!Number.isNaN(notBefore)) {
        out.status('session', 'all')
        end(block, at)
      }
      if (row === undefined) out.status('gap', 'book', { reason: noBook })
      else {
        book.load(row)
        if (type <= Type.fill) book.snapshotBefore(type === Type.add, block.directions[at] === 1, price, block.sizes[at]!)
        else book.snapshot()
      }
      end(block, at)
    },
    resume(block, at, row, line) {
      lastMicros = block.micros[at]!
      lastNanos = block.nanos[at]!
      if (row === undefined) return
      book.refuse(row, line, writer.halted)
      book.load(row)
    },
    writeOrders({ micros, nanos, types, prices, sizes, directions, orderIds }, from, to) {
      const { start } = day
      // In locals: a number of the closure that changes is a new object in memory each time.
      let before = lastMicros
      let nanosBefore = lastNanos
      let at = from
      for (; at < to; at++) {
        const type = types[at]!
        const now = micros[at]!
        const nanosNow = nanos[at]!
        const ticks = prices[at]! / units
        if (type > Type.fill || now < before || (now === before && nanosNow < nanosBefore) || Math.floor(ticks) !== ticks) break
        const time = start + now
        out.event(opOfType[type]!, ticks, sizes[at]!, directions[at] === 1 ? 0 : RowFlag.sell, orderIds[at]!, time, time, nanosNow)
        before = now
        nanosBefore = nanosNow
      }
      lastMicros = before
      lastNanos = nanosBefore
      return at
    },
    write(block, at, row, line) {
      refuseEarlier(block, at, line)
      const type = block.types[at]!
      if (type <= Type.fill) order(type, block, at, line, row !== undefined)
      else if (type === Type.halt) halt(block.prices[at]!)
      else trade(type, block, at)
      const difference = row === undefined ? undefined : book.settle(row, line, writer.halted)
      if (row !== undefined && difference !== undefined) {
        book.refuse(row, line, writer.halted)
        end(block, at)
        out.status('gap', 'book', { reason: `${day.orderbook!} line ${line} is not line ${line - 1} changed by message ${line}: ${difference}` })
        end(block, at)
        book.load(row)
        book.snapshot()
      }
      end(block, at)
      lastMicros = block.micros[at]!
      lastNanos = block.nanos[at]!
    },
  }
  return writer
}

const secondsOf = (micros: number, nanos: number): string => `${Math.floor(micros / 1e6)}.${String((micros % 1e6) * 1000 + nanos).padStart(9, '0')}`
