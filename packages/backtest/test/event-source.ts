import { eventsToBatch, type EventBatch, type InstrumentEvent, type InstrumentId, type MarketEvent, type Source } from '@rxlob/core'

/** Events as a replay, a batch a run of one instrument. */
export function eventSource(events: readonly MarketEvent[], book: 'l2' | 'l3', name = 'events'): Source & { batches(): AsyncIterable<EventBatch> } {
  const batches: EventBatch[] = []
  const openings = new Map<InstrumentId, InstrumentEvent>()
  for (let at = 0; at < events.length; ) {
    const { instrument } = events[at]!
    const first = events[at]!
    if (first.kind === 'instrument') openings.set(instrument, first)
    const gatherer = eventsToBatch(openings.get(instrument)!)
    if (first.kind === 'instrument') at++
    for (; at < events.length && events[at]!.instrument === instrument && events[at]!.kind !== 'instrument'; at++) gatherer.push(events[at] as Exclude<MarketEvent, InstrumentEvent>)
    if (gatherer.length > 0) batches.push(gatherer.take())
  }
  return {
    contract: 1, name,
    supports: { timing: 'replay', book, levels: Infinity, trades: true, detects: { gaps: true, staleness: false, lostTrades: true } },
    events: () => {
      throw new Error('batches are there')
    },
    async *batches() {
      yield* batches
    },
  }
}
