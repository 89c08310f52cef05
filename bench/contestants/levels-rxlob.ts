import type { EventBatch } from '@rxlob/core'
import type { Enter } from '../runner/contest.ts'
import { library } from '../runner/library.ts'
import { instrument } from './instrument.ts'
import { levelContest, type LevelBook } from './level-contest.ts'
import { topLevels } from './top-hash.ts'

const { core } = await library()
const { BookTracker, Op, RowFlag } = core

/** One batch row an update, through the tracker that every stream of the library uses. */
export const enter: Enter = (folder, mode) => levelContest(trackedBook, folder, mode)

function trackedBook(): LevelBook {
  const tracker = new BookTracker(instrument, Infinity)
  const row: EventBatch = {
    instrument, levels: Infinity, length: 1,
    op: new Uint8Array(1), flags: new Uint8Array(1).fill(RowFlag.last), tsExchange: new Float64Array(1), tsLocal: new Float64Array(1),
    ticks: new Float64Array(1), lots: new Float64Array(1),
  }
  const { book } = tracker
  return {
    open(values, rows) {
      const batch = core.growingBatch({ instrument, rows: rows + 1 })
      batch.row(Op.clear, 0, 0, RowFlag.snapshot)
      for (let at = 0; at < 3 * rows; at += 3) if (values[at + 2]! > 0) batch.row(values[at] === 1 ? Op.setBid : Op.setAsk, values[at + 1]!, values[at + 2]!, RowFlag.snapshot)
      batch.end(0, 0)
      tracker.applyRows(batch.take(), 0)
    },
    update(values, at) {
      row.op[0] = values[at] === 1 ? Op.setBid : Op.setAsk
      row.ticks[0] = values[at + 1]!
      row.lots[0] = values[at + 2]!
      tracker.applyRows(row, 0)
    },
    view: () => book.bidTicks(0) + book.bidLots(topLevels - 1) + book.askTicks(0) + book.askLots(topLevels - 1),
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
