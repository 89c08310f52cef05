import { eventsToBatch, isoTime, LobError, type BatchOptions, type Clock, type EventBatch, type InstrumentId, type MarketEvent, type Source } from '@rxlob/core'
import { Observable } from 'rxjs'
import { feedCore } from './feed-core.js'
import type { LiveSourceSpec } from './live-source-spec.js'
import { systemClock } from './system-clock.js'
import type { WireItem } from './wire-item.js'

export interface ReplayOptions {
  /** `fast`: as fast as it can be read; `recorded`: with the pauses of the recording; a number: that many times as fast. Default `fast`. */
  readonly pace?: 'fast' | 'recorded' | number
  /** For paces but `fast`. Default the system's. */
  readonly clock?: Clock
}

/** Wire items, some at a time, in the order they came. */
export type WireItems = AsyncIterable<readonly WireItem[]>

/**
 * A source that feeds recorded wire items through the code of the live one: the same events, bit for bit, as when they were recorded.
 *
 * @param open Called once a subscription.
 * @throws {LobError} LOB_BAD_OPTION where the pace is not positive.
 */
export function replaySource<Raw>(spec: LiveSourceSpec<Raw>, open: (signal: AbortSignal) => WireItems, options: ReplayOptions = {}): Source {
  const { pace = 'fast', clock = systemClock() } = options
  const speed = pace === 'fast' ? Infinity : pace === 'recorded' ? 1 : pace
  if (!(speed > 0)) throw new LobError('LOB_BAD_OPTION', `Option pace: expected fast, recorded or a number above 0, got ${String(pace)}.`)

  async function* paced(signal: AbortSignal): AsyncGenerator<readonly WireItem[], void, void> {
    if (speed === Infinity) {
      yield* open(signal)
      return
    }
    let offset: number | undefined
    for await (const items of open(signal)) {
      for (const item of items) {
        offset ??= clock.now() - item.tsLocal / speed
        const wait = Math.round(item.tsLocal / speed + offset - clock.now())
        if (wait > 0) await pause(clock, wait, signal)
        if (signal.aborted) return
        yield [item]
      }
    }
  }

  return {
    contract: 1,
    name: spec.name,
    supports: { ...spec.supports, timing: 'replay' },
    events: () =>
      new Observable<MarketEvent>((subscriber) => {
        const abort = new AbortController()
        const core = feedCore(spec, (event) => subscriber.next(event))
        const read = async (): Promise<void> => {
          for await (const items of paced(abort.signal)) {
            for (const item of items) {
              if (subscriber.closed) return
              core.accept(item)
            }
          }
          subscriber.complete()
        }
        read().catch((error: unknown) => subscriber.error(error))
        return () => abort.abort()
      }),
    batches: (batchOptions = {}) => gathered(spec, paced, batchOptions),
  }
}

/** Rows a batch: what one slice of a recording makes, until there are this many. */
const batchRows = 8192

async function* gathered<Raw>(spec: LiveSourceSpec<Raw>, open: (signal: AbortSignal) => WireItems, { from, signal }: BatchOptions): AsyncGenerator<EventBatch, void, void> {
  if (from !== undefined) throw new LobError('LOB_BAD_OPTION', `Option from: ${spec.name} replays from the start; a book cannot begin in the middle (${isoTime(0)}).`)
  type Gatherer = ReturnType<typeof eventsToBatch>
  const gatherers = new Map<InstrumentId, Gatherer>()
  let ready: EventBatch[] = []
  let current: Gatherer | undefined
  const flush = (): void => {
    if (current !== undefined && current.length > 0) ready.push(current.take())
  }
  const core = feedCore(spec, (event) => {
    if (event.kind === 'instrument') {
      flush()
      current = undefined
      gatherers.set(event.instrument, eventsToBatch(event))
      return
    }
    const gatherer = gatherers.get(event.instrument)!
    if (gatherer !== current) flush()
    current = gatherer
    gatherer.push(event)
    if (gatherer.length >= batchRows) flush()
  })
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  signal?.addEventListener('abort', stop)
  try {
    for await (const items of open(abort.signal)) {
      for (const item of items) core.accept(item)
      if (signal?.aborted) return
      const batches = ready
      ready = []
      yield* batches
    }
    flush()
    yield* ready
  } finally {
    signal?.removeEventListener('abort', stop)
    abort.abort()
  }
}

function pause(clock: Clock, micros: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(micros, done)
    function done(): void {
      signal.removeEventListener('abort', done)
      cancel()
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
