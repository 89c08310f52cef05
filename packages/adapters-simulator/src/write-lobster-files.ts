import { batchesOf, BookTracker, integerOption, LobError, Op, type EventBatch, type Instrument, type Micros, type Source } from '@rxlob/core'
import { lobsterRows } from './lobster-rows.js'
import { newYorkDay } from './new-york-day.js'
import { visibleWindow } from './visible-window.js'

export interface LobsterFilesOptions {
  /** Where the two files go; made if it is not there. */
  readonly folder: string
  /** Occupied prices per side of the order-book file, 1 to 200; messages beyond them are left out. Default 10. */
  readonly levels?: number
  /** Stops the writing: it throws the signal's reason and leaves no file behind. */
  readonly signal?: AbortSignal
}

/** What was written. */
export interface LobsterFiles {
  readonly messageFile: string
  readonly orderBookFile: string
  /** Rows of either file. */
  readonly rows: number
}

/** Rows of both files that belong together, and what the files are called as far as is known by then. */
interface DayText {
  readonly messages: string
  readonly books: string
  readonly rows: number
  /** `SYMBOL_DATE_START_END` */
  readonly name: string
}

/** Characters gathered before they go to disk. */
const chunkLength = 1 << 20

/**
 * Writes one trading day of a level 3 source as a pair of LOBSTER files: `SYMBOL_YYYY-MM-DD_START_END_message_LEVELS.csv` and
 * `..._orderbook_LEVELS.csv`, START and END in milliseconds after midnight in New York.
 *
 * As LOBSTER does it: row k of the order book is the state after message k; only what happens at the best `levels` prices is
 * told, so a level that comes into view at the far end has no message of its own; a `replace` is a deletion and a new order;
 * hidden executions have order id 0, and direction 1 where the side is not known. The files get their names when they are
 * complete.
 *
 * Cost: streaming, about 5 us a row at ten levels; memory does not grow with the session.
 *
 * @param source A source of one instrument that shows every order (`supports.book` `l3`, `supports.levels` Infinity).
 * @throws {LobError} LOB_BAD_OPTION for a source, tick size or lot size that such files cannot hold; LOB_SINK for events that
 *   they have no row for, for a session past midnight, and for a disk that refuses.
 * @see LOBSTER, data structure (lobsterdata.com)
 * @example
 * await writeLobsterFiles(simulator(), { folder: 'data', levels: 10 })
 */
export async function writeLobsterFiles(source: Source, options: LobsterFilesOptions): Promise<LobsterFiles> {
  const { folder, signal } = options
  const levels = integerOption('levels', options.levels ?? 10, 1, 200)
  const { book, levels: shown } = source.supports
  if (book !== 'l3' || shown !== Infinity) {
    throw new LobError('LOB_BAD_OPTION', `LOBSTER files are made of every order: expected an l3 source with levels Infinity, got ${book} with ${shown}.`, { stream: source.name })
  }
  // Loaded here, so that the simulator itself runs where there is no disk.
  const { mkdir, mkdtemp, open, rename, rm } = await import('node:fs/promises')
  const { join } = await import('node:path')
  await mkdir(folder, { recursive: true }).catch(diskRefused)
  const unfinished = await mkdtemp(join(folder, '.unfinished-')).catch(diskRefused)
  const messagePart = join(unfinished, 'message')
  const bookPart = join(unfinished, 'orderbook')
  try {
    let last: DayText | undefined
    {
      await using messages = await open(messagePart, 'w').catch(diskRefused)
      await using books = await open(bookPart, 'w').catch(diskRefused)
      for await (const text of dayText(source, levels, signal)) {
        await Promise.all([messages.appendFile(text.messages), books.appendFile(text.books)]).catch(diskRefused)
        last = text
      }
    }
    const { name, rows } = last!
    const messageFile = join(folder, `${name}_message_${levels}.csv`)
    const orderBookFile = join(folder, `${name}_orderbook_${levels}.csv`)
    await rename(messagePart, messageFile).catch(diskRefused)
    await rename(bookPart, orderBookFile).catch(diskRefused)
    return { messageFile, orderBookFile, rows }
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function* dayText(source: Source, levels: number, signal: AbortSignal | undefined): AsyncGenerator<DayText, void, void> {
  const view = visibleWindow(levels)
  let writer: DayWriter | undefined
  for await (const whole of batchesOf(source, signal === undefined ? {} : { signal })) {
    if (whole.length === 0) continue
    writer ??= dayWriter(whole, levels)
    if (whole.instrument.id !== writer.instrument.id) {
      throw new LobError('LOB_SINK', `A pair of LOBSTER files holds one instrument: expected ${writer.instrument.id} alone, got ${whole.instrument.id} too.`, { stream: source.name })
    }
    yield* writer.write(view(whole))
  }
  signal?.throwIfAborted()
  if (writer === undefined) throw new LobError('LOB_SINK', 'Expected a session that begins with a snapshot, got no events at all.', { stream: source.name })
  yield writer.take()
}

interface DayWriter {
  readonly instrument: Instrument
  write(batch: EventBatch): Generator<DayText, void, void>
  /** The text since it was last taken. */
  take(): DayText
}

function dayWriter(opening: EventBatch, levels: number): DayWriter {
  const { instrument } = opening
  if (opening.op[0] !== Op.clear) throw new LobError('LOB_SINK', 'Expected a session that begins with a snapshot: the order-book file is built on it.', { stream: instrument.id })
  const startMicros = opening.tsExchange[0]!
  const day = newYorkDay(startMicros)
  const tracker = new BookTracker(instrument, levels)
  const format = lobsterRows(instrument, day.startMicros, levels)
  const millisOfDay = (micros: Micros, round: (value: number) => number): number => round((micros - day.startMicros) / 1000)
  let endMicros = startMicros
  let messages = ''
  let books = ''
  let rows = 0

  function take(): DayText {
    const text = { messages, books, rows, name: `${instrument.symbol}_${day.date}_${millisOfDay(startMicros, Math.floor)}_${millisOfDay(endMicros, Math.ceil)}` }
    messages = ''
    books = ''
    return text
  }

  return {
    instrument,
    *write(batch) {
      let row = tracker.book.synced ? 0 : tracker.applyRows(batch, 0)
      while (row < batch.length) {
        const message = format.message(batch, row)
        endMicros = batch.tsExchange[row]!
        row = tracker.applyRows(batch, row)
        if (message === undefined) continue
        rows++
        messages += message
        books += format.book(tracker.book)
        if (books.length >= chunkLength) yield take()
      }
    },
    take,
  }
}

function diskRefused(cause: unknown): never {
  throw new LobError('LOB_SINK', `Expected a folder that can be written to: ${cause instanceof Error ? cause.message : String(cause)}`, {}, { cause })
}
