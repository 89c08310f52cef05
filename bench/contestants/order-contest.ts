import { join } from 'node:path'
import { readStream } from '../data/streams.ts'
import type { Contestant } from '../runner/contest.ts'
import { hashEvery, hashRows, topHash, topLevels } from './top-hash.ts'

/** A level 3 book under test. */
export interface OrderedBook {
  /** Opens the book on rows `op, side, ticks, lots, orderId`, all of them additions. */
  open(values: Float64Array, rows: number): void
  update(values: Float64Array, at: number): void
  /** All forty numbers of the top ten; may be slow. */
  copy(top: Float64Array): void
}

/** @param rows Messages that are run: fewer for slow books. */
export function orderContest(makeBook: () => OrderedBook, folder: string, rows: number = Infinity): Contestant {
  const { values, opening, rows: held } = readStream(join(folder, 'orders.bin'))
  const units = Math.min(rows, held - opening)
  const from = opening * 5
  const opened = (): OrderedBook => {
    const book = makeBook()
    book.open(values, opening)
    return book
  }
  return {
    units,
    hash() {
      const book = opened()
      const hash = topHash()
      const top = new Float64Array(4 * topLevels)
      for (let row = 0; row < Math.min(hashRows, held - opening); row++) {
        book.update(values, from + 5 * row)
        if (row % hashEvery !== 0) continue
        book.copy(top)
        hash.add(top)
      }
      return hash.text()
    },
    run() {
      const book = opened()
      const to = from + 5 * units
      for (let at = from; at < to; at += 5) book.update(values, at)
      return book
    },
  }
}
