import { growingBatch, LobError, type BatchOptions, type EventBatch, type GrowingBatch, type Micros } from '@rxlob/core'
import { fileError } from './file-error.js'
import { lineReader, type LineReader } from './line-reader.js'
import { messageBlock, parseMessages } from './message-file.js'
import { messageLineError } from './message-line-error.js'
import { messageWriter } from './message-writer.js'
import type { OpenFile } from './open-file.js'
import { parseOrderbookRow } from './orderbook-file.js'
import { orderbookLineError } from './orderbook-line-error.js'
import type { Plan } from './plan.js'
import { parsePosition, positionText, type Position } from './position.js'
import { tally } from './tally.js'

const blockRows = 4096

/** The days of a plan as batches, read side by side from their two files. What was read before an error comes first. */
export async function* toBatches(plan: Plan, options: BatchOptions, open: OpenFile): AsyncGenerator<EventBatch, void, void> {
  const { from, signal } = options
  const resumed = from === undefined ? undefined : parsePosition(from, plan.days.length)
  const out = growingBatch({ instrument: plan.instrument, levels: plan.levels, rows: plan.rows + 64, orders: true, nanos: true })
  /** Of the day before, NaN where there is none. */
  let lastTime = NaN
  for (let index = resumed?.day ?? 0; index < plan.days.length; index++) {
    const run = dayRun(plan, index, index === resumed?.day ? resumed : undefined, lastTime, out, open)
    try {
      while (!signal?.aborted && (await run.advance())) {
        if (out.length >= plan.rows) yield out.take(run.position())
      }
    } catch (error) {
      out.cancel()
      if (out.length > 0) yield out.take(run.position())
      throw error
    } finally {
      await run.close()
    }
    if (signal?.aborted) return
    lastTime = run.lastTime()
    if (out.length > 0) yield out.take(run.position())
  }
}

interface DayRun {
  /** Writes rows until the batch is full; false at the end of the day. */
  advance(): Promise<boolean>
  /** Of the last row written. */
  position(): string
  lastTime(): Micros
  close(): Promise<void>
}

function dayRun(plan: Plan, index: number, resumed: Position | undefined, lastTime: Micros, out: GrowingBatch, open: OpenFile): DayRun {
  const day = plan.days[index]!
  const report = resumed === undefined ? plan.onFileRead : undefined
  const reader = (path: string, kind: 'message' | 'orderbook', start: number) => {
    const chunks = open(path, kind, start)
    const tallied = report && tally(chunks)
    const lines = lineReader(tallied ? tallied.chunks : chunks, path, start)
    return { lines, done: () => report?.({ path, kind, rows: line, ...tallied!.result() }) }
  }
  const message = reader(day.messages, 'message', resumed?.messageOffset ?? 0)
  const book = day.orderbook === undefined ? undefined : reader(day.orderbook, 'orderbook', resumed?.bookOffset ?? 0)
  const messages = message.lines
  const books = book?.lines
  const row = books && new Float64Array(4 * plan.levels)
  const writer = messageWriter(plan, day, lastTime, out)
  const block = messageBlock(blockRows)
  /** Rows written so far. */
  let line = 0
  let at = 0
  let messageOffset = 0
  let bookOffset = 0
  let state: 'new' | 'resumed' | 'open' = resumed === undefined ? 'new' : 'resumed'

  /** Decodes what is there; false where the file needs reading or has ended. */
  function decode(): boolean {
    if (messages.at === messages.to) return false
    const next = parseMessages(messages.bytes, messages.at, messages.to, block)
    at = 0
    if (block.length === 0) throw state === 'resumed' ? notHere() : messageLineError(day.messages, line + 1, lineAt(messages))
    messages.at = next
    return true
  }

  /** Writes rows while both files have them and the batch is not full. */
  function run(): void {
    while (at < block.length && out.length < plan.rows) {
      if (books !== undefined && row !== undefined) {
        if (books.at === books.to) return
        const next = parseOrderbookRow(books.bytes, books.at, row)
        if (next < 0) throw state === 'resumed' ? notHere() : orderbookLineError(day.orderbook!, line + 1, lineAt(books), plan.levels)
        if (state === 'open') writer.write(block, at, row, line + 1)
        else begin()
        bookOffset = books.offset + books.at
        books.at = next
      } else if (state === 'open') {
        const to = writer.writeOrders(block, at, Math.min(block.length, at + plan.rows - out.length))
        if (to > at) {
          messageOffset = messages.offset + block.starts[to - 1]!
          line += to - at
          at = to
          continue
        }
        writer.write(block, at, row, line + 1)
      } else begin()
      messageOffset = messages.offset + block.starts[at]!
      at++
      line++
    }
  }

  function begin(): void {
    if (state === 'resumed') {
      line = resumed!.line - 1
      writer.halted = resumed!.halted
      writer.resume(block, at, row, line + 1)
    } else {
      writer.open(block, at, row)
      writer.write(block, at, row, 1)
    }
    state = 'open'
  }

  async function advance(): Promise<boolean> {
    for (;;) {
      run()
      if (out.length >= plan.rows) return true
      if (at < block.length) {
        if (!(await books!.fill(line + 1))) throw state === 'resumed' ? notHere() : fewerRows(day.orderbook!, line)
      } else if (!decode() && !(await messages.fill(line + 1))) {
        await finish()
        return false
      }
    }
  }

  const notHere = (): LobError => new LobError('LOB_BAD_OPTION', `Option from: expected the position of a batch of ${day.messages}, found no such row there.`)

  async function finish(): Promise<void> {
    if (state === 'resumed') throw notHere()
    if (line === 0) throw new LobError('LOB_BAD_FILE', `${day.messages}: expected at least one message, found an empty file.`, { file: day.messages, line: 1 })
    if (books && (books.at < books.to || (await books.fill(line + 1)))) {
      throw fileError({
        file: day.orderbook!,
        line: line + 1,
        expected: `the end of the file after ${line} rows, as many as ${day.messages} has`,
        found: 'another row',
        advice: rowsAdvice,
      })
    }
    message.done()
    book?.done()
  }

  return {
    advance,
    position: () => positionText({ day: index, line, messageOffset, bookOffset, halted: writer.halted }),
    lastTime: () => writer.lastTime(),
    close: async () => {
      await messages.close()
      await books?.close()
    },
  }
}

const rowsAdvice = 'Both files of a day have one row a message: check that they belong together and were copied whole.'

const fewerRows = (file: string, rows: number): LobError =>
  rows === 0
    ? new LobError('LOB_BAD_FILE', `${file}: expected at least one row, found an empty file. ${rowsAdvice}`, { file, line: 1 })
    : fileError({ file, line: rows + 1, expected: 'one more row, for the next message', found: 'the end of the file', advice: rowsAdvice })

function lineAt({ bytes, at }: LineReader): string {
  const end = bytes.indexOf(10, at)
  return new TextDecoder().decode(bytes.subarray(at, end)).replace(/\r$/, '')
}
