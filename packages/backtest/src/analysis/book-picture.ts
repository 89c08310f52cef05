import { batchesOf, BookTracker, integerOption, LobError, type Micros, type Source } from '@rxlob/core'

/** A stretch of the book as `bookHeatmap` draws it. */
export interface BookPicture {
  readonly times: readonly Micros[]
  /** Quote units, rising. */
  readonly prices: readonly number[]
  /** Base units, column by column; NaN where unknown. */
  readonly sizes: readonly number[]
  readonly mid: readonly number[]
}

export interface BookPictureOptions {
  readonly from: Micros
  readonly to: Micros
  /** Columns, 2 or more. Default 240. */
  readonly columns?: number
  /** Rows, 3 or more: as many price steps around the mids seen, or wider ones where the price went further. Default 60. */
  readonly rows?: number
}

/**
 * Reads a source up to `to` and keeps what its book showed at evenly spread times, exchange time.
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range or no book was known in the time.
 */
export async function bookPicture(source: Source, options: BookPictureOptions): Promise<BookPicture> {
  const columns = integerOption('columns', options.columns ?? 240, 2)
  const rows = integerOption('rows', options.rows ?? 60, 3)
  const { from, to } = options
  const seen: { ts: Micros; mid: number; levels: Map<number, number>; low: number; high: number }[] = []
  let tracker: BookTracker | undefined
  const look = (until: Micros): void => {
    const { book } = tracker!
    for (; seen.length < columns && from + (seen.length * (to - from)) / columns < until; ) {
      const levels = new Map<number, number>()
      for (const side of [book.bids, book.asks]) for (let level = 0; level < 2 * rows && side.lots(level) > 0; level++) levels.set(side.ticks(level), side.lots(level))
      const known = book.synced && !book.crossed
      const edge = (side: typeof book.bids, beyond: number): number => (side.known === Infinity ? beyond : side.ticks(Math.min(side.known, side.length) - 1))
      seen.push({ ts: from + (seen.length * (to - from)) / columns, mid: known ? (book.bidTicks(0) + book.askTicks(0)) / 2 : NaN, levels, low: edge(book.bids, -Infinity), high: edge(book.asks, Infinity) })
    }
  }
  for await (const batch of batchesOf(source)) {
    tracker ??= new BookTracker(batch.instrument, batch.levels)
    if (tracker.instrument.id !== batch.instrument.id) continue
    tracker.redefine(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length && seen.length < columns; ) {
      look(batch.tsExchange[row]!)
      row = tracker.applyRows(batch, row)
    }
    if (seen.length >= columns) break
  }
  if (tracker !== undefined) look(Infinity)
  const mids = seen.map(({ mid }) => mid).filter((mid) => !Number.isNaN(mid))
  if (tracker === undefined || mids.length === 0) throw new LobError('LOB_BAD_OPTION', `bookPicture: ${source.name} shows no book from ${from} to ${to}.`)
  const { tickSize, lotSize } = tracker.instrument
  const least = mids.reduce((low, mid) => Math.min(low, mid), Infinity)
  const most = mids.reduce((high, mid) => Math.max(high, mid), -Infinity)
  const step = Math.max(1, Math.ceil((1.3 * (most - least) + 10) / rows))
  const bottom = Math.floor((least + most) / 2 - (step * rows) / 2)
  const prices = Array.from({ length: rows }, (_, row) => (bottom + row * step) * tickSize)
  const sizes = seen.flatMap(({ levels, low, high, mid }) =>
    Array.from({ length: rows }, (_, row) => {
      if (Number.isNaN(mid)) return NaN
      const first = bottom + row * step
      if (first + step - 1 < low || first > high) return NaN
      let lots = 0
      for (let tick = first; tick < first + step; tick++) lots += levels.get(tick) ?? 0
      return lots * lotSize
    }))
  return { times: seen.map(({ ts }) => ts), prices, sizes, mid: seen.map(({ mid }) => mid * tickSize) }
}
