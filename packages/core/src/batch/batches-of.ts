import type { Source } from '../contracts/source.js'
import { LobError } from '../errors.js'
import type { MarketEvent } from '../events.js'
import type { InstrumentId } from '../instrument.js'
import type { EventBatch } from './event-batch.js'
import { eventsToBatch, type EventGatherer } from './events-to-batch.js'

/** Rows that may wait for a slow reader of a source that only pushes: about 300 MB. */
const maxWaitingRows = 2 ** 22

export interface GatherOptions {
  readonly signal?: AbortSignal
  /** Rows a batch, where events are gathered. Default 4096. */
  readonly rows?: number
}

/**
 * The batches of a source: its own where it has them, else its events gathered into batches.
 * A batch ends where the instrument changes, so interleaved instruments keep their order.
 *
 * @throws {LobError} LOB_SINK where a source that only pushes gets millions of rows ahead of its reader.
 */
export function batchesOf(source: Source, options: GatherOptions = {}): AsyncIterable<EventBatch> {
  const { signal } = options
  return source.batches === undefined ? gather(source, options) : source.batches(signal === undefined ? {} : { signal })
}

async function* gather(source: Source, { signal, rows = 4096 }: GatherOptions): AsyncGenerator<EventBatch, void, void> {
  const gatherers = new Map<InstrumentId, EventGatherer>()
  const ready: EventBatch[] = []
  let waitingRows = 0
  let current: EventGatherer | undefined
  let ended = false
  let failure: unknown
  let wake = (): void => {}

  const flush = (): void => {
    if (current === undefined || current.length === 0) return
    const batch = current.take()
    waitingRows += batch.length
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
  const finish = (error?: unknown): void => {
    if (ended) return
    failure = error
    ended = true
    wake()
  }
  const subscription = source.events().subscribe({
    next: (event) => {
      if (ended) return
      try {
        accept(event)
      } catch (error) {
        finish(error)
      }
      wake()
    },
    error: finish,
    complete: () => finish(),
  })
  const abort = (): void => finish()
  signal?.addEventListener('abort', abort)
  try {
    for (;;) {
      // A quiet live source hands over what has come rather than wait for a full batch.
      if (ready.length === 0) flush()
      const batch = ready.shift()
      if (batch !== undefined) {
        waitingRows -= batch.length
        yield batch
      } else if (ended || signal?.aborted) break
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    if (failure !== undefined) throw failure
  } finally {
    signal?.removeEventListener('abort', abort)
    subscription.unsubscribe()
  }
}
