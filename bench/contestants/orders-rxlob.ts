import { join } from 'node:path'
import type { EventBatch } from '@rxlob/core'
import { readStream } from '../data/streams.ts'
import type { Enter } from '../runner/contest.ts'
import { library } from '../runner/library.ts'
import { instrument } from './instrument.ts'
import { orderContest, type OrderedBook } from './order-contest.ts'
import { topLevels } from './top-hash.ts'

const { core } = await library()
const { BookTracker, Op, RowFlag } = core

/** The stream as one batch of columns, the form in which adapters hand it over, through the tracker: levels, queues, change log. */
export const enter: Enter = (folder) => {
  const { values, opening, rows } = readStream(join(folder, 'orders.bin'))
  const columns = core.growingBatch({ instrument, rows: rows + opening + 1, orders: true })
  const totals = new Map<string, { side: number; ticks: number; lots: number }>()
  const addTo = (at: number, lots: number): void => {
    const key = `${values[at + 1]} ${values[at + 2]}`
    totals.set(key, { side: values[at + 1]!, ticks: values[at + 2]!, lots: (totals.get(key)?.lots ?? 0) + lots })
  }
  for (let at = 0; at < 5 * opening; at += 5) addTo(at, values[at + 3]!)
  columns.row(Op.clear, 0, 0, RowFlag.snapshot)
  for (const { side, ticks, lots } of totals.values()) columns.row(side === 1 ? Op.setBid : Op.setAsk, ticks, lots, RowFlag.snapshot)
  const row = (op: number, at: number, flags: number): void => columns.row(op, values[at + 2]!, values[at + 3]!, values[at + 1] === 1 ? flags : flags | RowFlag.sell, values[at + 4]!)
  for (let at = 0; at < 5 * opening; at += 5) row(Op.add, at, RowFlag.snapshot)
  columns.end(0, 0)
  for (let at = 5 * opening; at < 5 * rows; at += 5) {
    row(values[at]!, at, 0)
    columns.end(at, at)
  }
  const batch = columns.take()
  return orderContest(() => trackedBook(batch), folder)
}

function trackedBook(batch: EventBatch): OrderedBook {
  const tracker = new BookTracker(instrument, Infinity)
  const { book } = tracker
  let row = 0
  return {
    open() {
      row = tracker.applyRows(batch, 0)
    },
    update() {
      row = tracker.applyRows(batch, row)
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
