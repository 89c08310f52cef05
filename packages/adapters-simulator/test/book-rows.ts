import { BookTracker, type EventBatch } from '@rxlob/core'

/** The tracker of the first instrument after each event that makes a row, and the event's `seq`. */
export async function* bookRows(batches: AsyncIterable<EventBatch>): AsyncGenerator<{ readonly tick: BookTracker; readonly seq: number }> {
  let tick: BookTracker | undefined
  for await (const batch of batches) {
    tick ??= new BookTracker(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length; ) {
      const seq = batch.seq![row]!
      row = tick.applyRows(batch, row)
      if (tick.ticked) yield { tick, seq }
    }
  }
}
