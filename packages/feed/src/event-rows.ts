import { eventsToBatch, type EventBatch, type InstrumentId, type MarketEvent } from '@rxlob/core'

/** Rows that most events fit in. */
const rows = 64

/** Turns each event into a batch of its own, for readers of `frames()`. Metadata is not an event of its own there: every batch carries it. */
export function eventRows(next: (batch: EventBatch) => void): (event: MarketEvent) => void {
  const gatherers = new Map<InstrumentId, ReturnType<typeof eventsToBatch>>()
  return (event) => {
    if (event.kind === 'instrument') {
      gatherers.set(event.instrument, eventsToBatch(event, { rows }))
      return
    }
    const gatherer = gatherers.get(event.instrument)!
    gatherer.push(event)
    next(gatherer.take())
  }
}
