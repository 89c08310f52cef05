import { Observable, type MonoTypeOperatorFunction } from 'rxjs'
import type { Clock } from '../clock.js'
import type { Sink } from '../contracts/sink.js'
import { LobError } from '../errors.js'
import { integerOption } from '../option-range.js'
import type { Micros } from '../units.js'

export type WriteToOptions<Row> = {
  readonly clock: Clock
  /** Rows a write. Default 1000. */
  readonly rows?: number
  /** Longest time that a row waits for company. Default one second. */
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
 * Passes rows on and writes them in batches, one write at a time. The stream completes when the last row is durable.
 * Where the sink is slower than the rows, `overflow` says what gives way; what was dropped is said in the sink, in its place.
 *
 * Ends with an error `LOB_SINK` where a write fails, or where rows overflow and `overflow` is `error`.
 */
export function writeTo<Row>(sink: Sink<Row>, options: WriteToOptions<Row>): MonoTypeOperatorFunction<Row> {
  const { clock, micros = 1_000_000 } = options
  const rowsAWrite = integerOption('rows', options.rows ?? 1000, 1)
  const maxWaiting = integerOption('maxWaiting', options.maxWaiting ?? 100 * rowsAWrite, rowsAWrite)
  return (source) =>
    new Observable<Row>((subscriber) => {
      let waiting: Row[] = []
      let droppedRows = 0
      let lastDropped: Row | undefined
      let writing = false
      let ended = false
      let cancelTimer: (() => void) | undefined

      const take = (): Row[] => {
        const rows = waiting.slice(0, rowsAWrite)
        waiting = waiting.slice(rowsAWrite)
        if (droppedRows > 0 && options.overflow === 'drop-oldest') rows.unshift(options.dropped(droppedRows, lastDropped as Row))
        droppedRows = 0
        return rows
      }
      const write = (): void => {
        cancelTimer?.()
        cancelTimer = undefined
        if (writing) return
        if (waiting.length === 0) {
          if (ended) subscriber.complete()
          return
        }
        writing = true
        sink.write(take()).then(
          () => {
            writing = false
            if (ended || waiting.length >= rowsAWrite) write()
            else schedule()
          },
          (error: unknown) => subscriber.error(error instanceof LobError ? error : new LobError('LOB_SINK', `${sink.name} failed to write: ${String(error)}`, { stream: sink.name }, { cause: error })),
        )
      }
      const schedule = (): void => {
        if (waiting.length > 0) cancelTimer ??= clock.after(micros, write)
      }
      const makeRoom = (): boolean => {
        if (waiting.length < maxWaiting) return true
        if (options.overflow === 'drop-oldest') {
          lastDropped = waiting.shift()
          droppedRows++
          return true
        }
        subscriber.error(new LobError('LOB_SINK', `${waiting.length} rows wait for ${sink.name}: raise maxWaiting, use overflow 'drop-oldest', or a faster sink.`, { stream: sink.name }))
        return false
      }
      const subscription = source.subscribe({
        next(row) {
          if (!makeRoom()) return
          waiting.push(row)
          if (waiting.length >= rowsAWrite) write()
          else schedule()
          subscriber.next(row)
        },
        error: (error) => subscriber.error(error),
        complete() {
          ended = true
          write()
        },
      })
      return () => {
        cancelTimer?.()
        subscription.unsubscribe()
      }
    })
}
