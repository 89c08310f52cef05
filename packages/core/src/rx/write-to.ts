import type { MonoTypeOperatorFunction } from 'rxjs'
import type { Clock } from '../clock.js'
import type { Sink } from '../contracts/sink.js'
import { LobError } from '../errors.js'
import { fifo } from '../fifo.js'
import { integerOption } from '../option-range.js'
import type { Micros } from '../units.js'
import { operate } from './operate.js'

export type WriteToOptions<Row> = {
  readonly clock: Clock
  /** Rows a write. Default 1000. */
  readonly rows?: number
  /** Longest time that a row waits for company, in microseconds; a write under way comes on top. Default one second. */
  readonly micros?: Micros
  /** Rows that may wait while the sink is at work. Default 100 times `rows`. */
  readonly maxWaiting?: number
} & (
  | { /** What gives way when the sink is slow. Default `error`. */ readonly overflow?: 'error' }
  | {
      readonly overflow: 'drop-oldest'
      /** The row that stands in the sink for `count` rows that were dropped, the last of them `last`. */
      readonly dropped: (count: number, last: Row) => Row
    }
)

/**
 * Passes rows on and writes them in batches, one write at a time. The stream completes when the last row is durable; an error of the
 * source is passed on when the rows before it are. Where the sink is slower than the rows, `overflow` says what gives way; what was
 * dropped is said in the sink, in its place. Unsubscribing gives up the rows that wait: to have them written, end the source
 * (`takeUntil` before `writeTo`).
 *
 * Ends with an error `LOB_SINK` where a write fails, or where rows overflow and `overflow` is `error`.
 *
 * @throws {LobError} LOB_BAD_OPTION where `rows` is not 1 or more, `micros` 0 or more and `maxWaiting` `rows` or more.
 */
export function writeTo<Row>(sink: Sink<Row>, options: WriteToOptions<Row>): MonoTypeOperatorFunction<Row> {
  const { clock } = options
  const rowsAWrite = integerOption('rows', options.rows ?? 1000, 1)
  const micros = integerOption('micros', options.micros ?? 1_000_000, 0)
  const maxWaiting = integerOption('maxWaiting', options.maxWaiting ?? 100 * rowsAWrite, rowsAWrite)
  return operate<Row, Row>((subscriber) => {
    const waiting = fifo<Row>()
    let droppedRows = 0
    let lastDropped: Row | undefined
    let writing = false
    // A row has waited long enough for company.
    let due = false
    let finish: (() => void) | undefined
    let cancelTimer: (() => void) | undefined

    const stopTimer = (): void => {
      cancelTimer?.()
      cancelTimer = undefined
    }
    const take = (): Row[] => {
      const rows: Row[] = []
      if (droppedRows > 0 && options.overflow === 'drop-oldest') rows.push(options.dropped(droppedRows, lastDropped as Row))
      droppedRows = 0
      while (rows.length < rowsAWrite && waiting.length > 0) rows.push(waiting.shift() as Row)
      due = waiting.length > 0
      return rows
    }
    const fail = (error: unknown): void =>
      subscriber.error(error instanceof LobError ? error : new LobError('LOB_SINK', `${sink.name} failed to write: ${String(error)}`, { stream: sink.name }, { cause: error }))
    /** Writes if there is reason to, else sees to it that there will be. */
    const goOn = (): void => {
      if (writing) return
      if (waiting.length === 0) finish?.()
      else if (due || finish !== undefined || waiting.length >= rowsAWrite) write()
      else {
        cancelTimer ??= clock.after(micros, () => {
          cancelTimer = undefined
          due = true
          goOn()
        })
      }
    }
    const write = (): void => {
      stopTimer()
      writing = true
      try {
        sink.write(take()).then(() => {
          writing = false
          goOn()
        }, fail)
      } catch (error) {
        fail(error)
      }
    }
    const makeRoom = (): void => {
      if (waiting.length < maxWaiting) return
      if (options.overflow !== 'drop-oldest') {
        throw new LobError('LOB_SINK', `${waiting.length} rows wait for ${sink.name}: raise maxWaiting, use overflow 'drop-oldest', or a faster sink.`, { stream: sink.name })
      }
      lastDropped = waiting.shift()
      droppedRows++
    }

    return {
      next(row) {
        makeRoom()
        waiting.push(row)
        goOn()
        subscriber.next(row)
      },
      error(error) {
        finish = () => subscriber.error(error)
        goOn()
      },
      complete() {
        finish = () => subscriber.complete()
        goOn()
      },
      stop() {
        stopTimer()
        waiting.clear()
      },
    }
  })
}
