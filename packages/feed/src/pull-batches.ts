import { eventsToBatch, integerOption, LobError, type EventBatch, type InstrumentId, type MarketEvent } from '@rxlob/core'
import { consumerQueue, type ConsumerCounts, type SlowPolicy } from './consumer-queue.js'
import type { LiveRun, LiveRunObserver } from './live-run.js'

export interface SlowConsumerOptions {
  /** Default `block`. */
  readonly policy?: SlowPolicy
  /** Events that may wait for the reader. Default 65,536. */
  readonly capacityEvents?: number
  /** Called with the counts whenever the reader takes what waits. */
  readonly report?: (counts: Readonly<ConsumerCounts>) => void
}

/**
 * The events of a live run as batches that the reader pulls. Memory is bounded: what gives way is said by the policy, and counted.
 *
 * @param run Starts the run; called once.
 */
export async function* pullBatches(run: (observer: LiveRunObserver) => LiveRun, options: SlowConsumerOptions & { readonly signal?: AbortSignal } = {}): AsyncGenerator<EventBatch, void, void> {
  const { policy = 'block', report, signal } = options
  const capacity = integerOption('capacityEvents', options.capacityEvents ?? 65_536, 1)
  if (!['block', 'conflate', 'drop'].includes(policy)) throw new LobError('LOB_BAD_OPTION', `Option policy: expected block, conflate or drop, got ${String(policy)}.`)
  const definitions = new Map<InstrumentId, Extract<MarketEvent, { kind: 'instrument' }>>()
  let wake = (): void => {}
  let failure: unknown
  let ended = false
  let paused = false

  const queue = consumerQueue({ policy, capacity, bookNow: (instrument) => live.core.bookNow(instrument) })
  const live = run({
    event(event) {
      queue.push(event)
      if (policy === 'block' && !paused && queue.length >= capacity) {
        paused = true
        live.pause()
      }
      wake()
    },
    error(error) {
      failure = error
      ended = true
      wake()
    },
  })
  const abort = (): void => {
    ended = true
    wake()
  }
  signal?.addEventListener('abort', abort)
  try {
    for (;;) {
      if (queue.length > 0) {
        const events = queue.drain()
        report?.(queue.counts)
        yield* batchesIn(events, definitions)
        if (paused && queue.length <= capacity / 2) {
          paused = false
          live.resume()
        }
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
    live.stop()
  }
}

/** Consecutive events of one instrument make a batch. */
function* batchesIn(events: readonly MarketEvent[], definitions: Map<InstrumentId, Extract<MarketEvent, { kind: 'instrument' }>>): Generator<EventBatch, void, void> {
  let current: { readonly instrument: InstrumentId; readonly gatherer: ReturnType<typeof eventsToBatch> } | undefined
  for (const event of events) {
    if (event.kind === 'instrument' || event.instrument !== current?.instrument) {
      if (current !== undefined && current.gatherer.length > 0) yield current.gatherer.take()
      current = undefined
    }
    if (event.kind === 'instrument') {
      definitions.set(event.instrument, event)
      continue
    }
    current ??= { instrument: event.instrument, gatherer: eventsToBatch(definitions.get(event.instrument)!) }
    current.gatherer.push(event)
  }
  if (current !== undefined && current.gatherer.length > 0) yield current.gatherer.take()
}
