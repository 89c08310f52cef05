import type { EventBatch } from '@rxlob/core'
import type { Enter } from '../runner/contest.ts'
import { library } from '../runner/library.ts'
import { instrument } from './instrument.ts'
import { orderContest, type OrderedBook } from './order-contest.ts'
import { topLevels } from './top-hash.ts'

const { core } = await library()
const { BookTracker, Op, RowFlag } = core

/** One batch row a message, through the tracker that every stream of the library uses: levels, queues, change log. */
export const enter: Enter = (folder) => orderContest(trackedBook, folder)

function trackedBook(): OrderedBook {
  const tracker = new BookTracker(instrument, Infinity)
  const row: EventBatch = {
    instrument, levels: Infinity, length: 1,
    op: new Uint8Array(1), flags: new Uint8Array(1), tsExchange: new Float64Array(1), tsLocal: new Float64Array(1),
    ticks: new Float64Array(1), lots: new Float64Array(1), orderId: new Float64Array(1),
  }
  const orderId = row.orderId!
  const { book } = tracker
  return {
    open(values, rows) {
      const totals = new Map<string, { side: number; ticks: number; lots: number }>()
      for (let at = 0; at < 5 * rows; at += 5) {
        const key = `${values[at + 1]} ${values[at + 2]}`
        const lots = (totals.get(key)?.lots ?? 0) + values[at + 3]!
        totals.set(key, { side: values[at + 1]!, ticks: values[at + 2]!, lots })
      }
      const batch = core.growingBatch({ instrument, rows: 2 * rows, orders: true })
      batch.row(Op.clear, 0, 0, RowFlag.snapshot)
      for (const { side, ticks, lots } of totals.values()) batch.row(side === 1 ? Op.setBid : Op.setAsk, ticks, lots, RowFlag.snapshot)
      for (let at = 0; at < 5 * rows; at += 5) {
        batch.row(Op.add, values[at + 2]!, values[at + 3]!, RowFlag.snapshot | (values[at + 1] === 1 ? 0 : RowFlag.sell), values[at + 4]!)
      }
      batch.end(0, 0)
      tracker.applyRows(batch.take(), 0)
    },
    update(values, at) {
      row.op[0] = values[at]!
      row.flags[0] = values[at + 1] === 1 ? RowFlag.last : RowFlag.last | RowFlag.sell
      row.ticks[0] = values[at + 2]!
      row.lots[0] = values[at + 3]!
      orderId[0] = values[at + 4]!
      tracker.applyRows(row, 0)
    },
    copy(top) {
      for (let level = 0; level < topLevels; level++) {
        const bid = book.bidLots(level)
        const ask = book.askLots(level)
        top[4 * level] = bid > 0 ? book.bidTicks(level) : -1
        top[4 * level + 1] = bid
        top[4 * level + 2] = ask > 0 ? book.askTicks(level) : -1
        top[4 * level + 3] = ask
      }
    },
  }
}
