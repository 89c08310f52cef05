import { join } from 'node:path'
import type { EventBatch } from '@rxlob/core'
import { readStream } from '../data/streams.ts'
import type { Enter } from '../runner/contest.ts'
import { library } from '../runner/library.ts'
import { instrument } from './instrument.ts'
import { levelContest, type LevelBook } from './level-contest.ts'
import { topLevels } from './top-hash.ts'

const { core } = await library()
const { BookTracker, Op, RowFlag } = core

/** The stream as one batch of columns, the form in which adapters hand it over, through the tracker that every stream of the library uses. */
export const enter: Enter = (folder, mode) => {
  const { values, opening, rows } = readStream(join(folder, `${mode.split('/')[0]}.bin`))
  const columns = core.growingBatch({ instrument, rows: rows + 1 })
  columns.row(Op.clear, 0, 0, RowFlag.snapshot)
  const row = (at: number, flags: number): void => columns.row(values[at] === 1 ? Op.setBid : Op.setAsk, values[at + 1]!, values[at + 2]!, flags)
  const totals = new Map<string, number>()
  for (let at = 0; at < 3 * opening; at += 3) totals.set(`${values[at]} ${values[at + 1]}`, at)
  for (const at of totals.values()) if (values[at + 2]! > 0) row(at, RowFlag.snapshot)
  columns.end(0, 0)
  for (let at = 3 * opening; at < 3 * rows; at += 3) {
    row(at, 0)
    columns.end(at, at)
  }
  const batch = columns.take()
  return levelContest(() => trackedBook(batch), folder, mode)
}

function trackedBook(batch: EventBatch): LevelBook {
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
