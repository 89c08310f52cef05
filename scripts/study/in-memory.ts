import { batchesOf, type EventBatch, type Source } from '@rxlob/core'

/** A source read once and kept, to be run over many times. */
export async function inMemory(source: Source): Promise<Source & { batches(): AsyncIterable<EventBatch> }> {
  const kept: EventBatch[] = []
  for await (const batch of batchesOf(source)) kept.push(batch)
  return { ...source, async *batches() { yield* kept } }
}
