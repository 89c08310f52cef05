import { Observable } from 'rxjs'
import { batchToEvents, instrumentEvent } from '../batch/batch-to-events.js'
import type { EventBatch } from '../batch/event-batch.js'
import type { MarketEvent } from '../events.js'
import type { Instrument, InstrumentId } from '../instrument.js'

/**
 * The events of a source that makes batches: cold, an `instrument` event before the first event of each instrument and where its
 * definition changes, the reading stopped on unsubscribe.
 *
 * @param open Called once a subscription, with a signal that ends the reading.
 */
export function eventsOf(open: (signal: AbortSignal) => AsyncIterable<EventBatch>): Observable<MarketEvent> {
  return new Observable<MarketEvent>((subscriber) => {
    const abort = new AbortController()
    const read = async (): Promise<void> => {
      const defined = new Map<InstrumentId, { instrument: Instrument; levels: number }>()
      for await (const batch of open(abort.signal)) {
        if (batch.length === 0) continue
        const { instrument, levels } = batch
        const known = defined.get(instrument.id)
        if (known?.instrument !== instrument || known.levels !== levels) {
          if (JSON.stringify(known) !== JSON.stringify({ instrument, levels })) subscriber.next(instrumentEvent(batch))
          defined.set(instrument.id, { instrument, levels })
        }
        for (const event of batchToEvents(batch)) {
          if (subscriber.closed) return
          subscriber.next(event)
        }
        if (subscriber.closed) return
      }
      subscriber.complete()
    }
    read().catch((error: unknown) => subscriber.error(error))
    return () => abort.abort()
  })
}
