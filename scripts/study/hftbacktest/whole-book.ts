import { batchesOf, type Source } from '@rxlob/core'

/**
 * A source whose snapshots are believed to show the whole book, as hftbacktest believes. Once the price leaves what a snapshot of 1,000 levels
 * reached, its best price is unknown here and is what later changes have shown there.
 */
export function wholeBook(source: Source): Source {
  return {
    ...source,
    async *batches() {
      for await (const batch of batchesOf(source)) yield { ...batch, levels: Infinity }
    },
  }
}
