import { join } from 'node:path'
import { readStream } from '../data/streams.ts'
import type { Contestant } from '../runner/contest.ts'
import { hashEvery, hashRows, topHash, topLevels } from './top-hash.ts'

/** A level 2 book under test. */
export interface LevelBook {
  /** Opens the book on rows `side, ticks, lots`. */
  open(values: Float64Array, rows: number): void
  /** Applies one row of the stream. */
  update(values: Float64Array, at: number): void
  /** The best and the tenth level of both sides, in place or however this book gives its top ten: their sum. */
  view(): number
  /** All forty numbers of the top ten. */
  copy(top: Float64Array): void
}

/**
 * Modes `STREAM/update` (the change alone), `STREAM/view` (after each change the ten best levels are there to be read, and four of
 * their numbers are) and `STREAM/copy` (all forty numbers are copied out after each change).
 *
 * @param rows Rows of the stream that are run: fewer for slow books.
 */
export function levelContest(makeBook: () => LevelBook, folder: string, mode: string, rows: number = Infinity): Contestant {
  const [stream = '', work = ''] = mode.split('/')
  const { values, opening, rows: held } = readStream(join(folder, `${stream}.bin`))
  const units = Math.min(rows, held - opening)
  const from = opening * 3
  const opened = (): LevelBook => {
    const book = makeBook()
    book.open(values, opening)
    return book
  }
  let kept = 0
  return {
    units,
    hash() {
      const book = opened()
      const hash = topHash()
      const top = new Float64Array(4 * topLevels)
      for (let row = 0; row < Math.min(hashRows, held - opening); row++) {
        book.update(values, from + 3 * row)
        if (row % hashEvery !== 0) continue
        book.copy(top)
        hash.add(top)
      }
      return hash.text()
    },
    run() {
      const book = opened()
      const to = from + 3 * units
      const top = new Float64Array(4 * topLevels)
      if (work === 'update') for (let at = from; at < to; at += 3) book.update(values, at)
      else if (work === 'view') {
        for (let at = from; at < to; at += 3) {
          book.update(values, at)
          kept += book.view()
        }
      } else {
        for (let at = from; at < to; at += 3) {
          book.update(values, at)
          book.copy(top)
          kept += top[0]! + top[39]!
        }
      }
      return kept
    },
  }
}
