import { eventsToBatch, type EventBatch, type EventGatherer, type MarketEvent, type Source } from '@rxlob/core'
import { Observable } from 'rxjs'

/** A replay of events held in memory, with batches of some hundred rows whose positions count events. It counts what it opens. */
export function arraySource(events: readonly MarketEvent[], over: Partial<Source> = {}): { source: Source; open: () => number } {
  let opened = 0
  async function* batches({ from = '0', signal }: { from?: string; signal?: AbortSignal } = {}): AsyncGenerator<EventBatch, void, void> {
    opened++
    try {
      const gatherers = new Map<string, EventGatherer>()
      let current: EventGatherer | undefined
      for (const [at, event] of events.entries()) {
        if (signal?.aborted) return
        if (event.kind === 'instrument') gatherers.set(event.instrument, eventsToBatch(event, { rows: 64 }))
        const gatherer = gatherers.get(event.instrument)!
        if (current && current.length > 0 && (current !== gatherer || current.length > 300)) yield { ...current.take(), position: String(at) }
        current = gatherer
        if (event.kind !== 'instrument' && at >= Number(from)) gatherer.push(event)
        // Rows are made asynchronously, as a file's are.
        if (at % 100 === 0) await undefined
      }
      if (current && current.length > 0) yield { ...current.take(), position: String(events.length) }
    } finally {
      opened--
    }
  }
  const source: Source = {
    contract: 1,
    name: 'array',
    supports: { timing: 'replay', book: 'l3', levels: 10, trades: true, detects: { gaps: true, staleness: false, lostTrades: false } },
    events: () =>
      new Observable((subscriber) => {
        opened++
        for (const event of events) {
          if (subscriber.closed) break
          subscriber.next(event)
        }
        subscriber.complete()
        return () => void opened--
      }),
    batches,
    ...over,
  }
  return { source, open: () => opened }
}
