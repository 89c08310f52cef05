import type { Source } from '../contracts/source.js'
import { LobError } from '../errors.js'
import type { MarketEvent } from '../events.js'
import { fifo } from '../fifo.js'
import type { InstrumentId } from '../instrument.js'
import { integerOption } from '../option-range.js'
import type { EventBatch } from './event-batch.js'
import { eventsToBatch, type EventGatherer } from './events-to-batch.js'

/** Rows that may wait for a slow reader of a source that only pushes: about 300 MB. */
const maxWaitingRows = 2 ** 22
/** What a batch costs beside its rows, in rows: interleaved instruments make batches of one event. */
const overheadRows = 32

export interface GatherOptions {
  /** Ends the batches at once, without an error. */
  readonly signal?: AbortSignal
  /** Rows a batch, where events are gathered, 1 or more. Default 4096. */
  readonly rows?: number
}

/**
 * The batches of a source: its own where it has them, else its events gathered into batches.
 * A batch ends where the instrument changes, so interleaved instruments keep their order. A definition that no event follows before
 * the next one leaves no trace.
 *
 * @throws {LobError} LOB_BAD_OPTION where `rows` is not 1 or more, LOB_SINK where a source that only pushes gets millions of
 * rows ahead of its reader.
 */
export function batchesOf(source: Source, options: GatherOptions = {}): AsyncIterable<EventBatch> {
  const { signal } = options
  integerOption('rows', options.rows ?? 4096, 1)
  return source.batches === undefined ? gather(source, options) : source.batches(signal === undefined ? {} : { signal })
}

async function* gather(source: Source, { signal, rows = 4096 }: GatherOptions): AsyncGenerator<EventBatch, void, void> {
  if (signal?.aborted) return
  const gatherers = new Map<InstrumentId, EventGatherer>()
  const ready = fifo<EventBatch>()
  let waitingRows = 0
  let current: EventGatherer | undefined
  let ended = false
  let failed = false
  let failure: unknown
  let wake = (): void => {}

  const flush = (): void => {
    if (current === undefined || current.length === 0) return
    const batch = current.take()
    waitingRows += batch.length + overheadRows
    ready.push(batch)
  }
  const accept = (event: MarketEvent): void => {
    if (event.kind === 'instrument') {
      flush()
      current = undefined
      gatherers.set(event.instrument, eventsToBatch(event, { rows }))
      return
    }
    const gatherer = gatherers.get(event.instrument)
    if (gatherer === undefined) throw new LobError('LOB_BAD_MESSAGE', `Expected an instrument event of ${event.instrument} before its first ${event.kind}.`, { stream: source.name })
    if (gatherer !== current || gatherer.length >= rows) flush()
    current = gatherer
    gatherer.push(event)
    if (waitingRows > maxWaitingRows) {
      throw new LobError('LOB_SINK', `${source.name} is ${waitingRows} rows ahead of its reader: read faster, or replay from a source with batches().`, { stream: source.name })
    }
  }
  const finish = (): void => {
    ended = true
    wake()
  }
  const fail = (error: unknown): void => {
    if (ended) return
    failed = true
    failure = error
    finish()
  }
  const subscription = source.events().subscribe({
    next: (event) => {
      if (ended) return
      try {
        accept(event)
      } catch (error) {
        fail(error)
      }
      wake()
    },
    error: fail,
    complete: finish,
  })
  signal?.addEventListener('abort', finish)
  try {
    while (!signal?.aborted) {
      // A quiet live source hands over what has come rather than wait for a full batch.
      if (ready.length === 0) flush()
      const batch = ready.shift()
      if (batch !== undefined) {
        waitingRows -= batch.length + overheadRows
        yield batch
      } else if (failed) throw failure
      else if (ended) return
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    signal?.removeEventListener('abort', finish)
    subscription.unsubscribe()
  }
}
