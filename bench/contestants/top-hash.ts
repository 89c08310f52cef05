/** Levels a side that are compared and read. */
export const topLevels = 10
/** Between two comparisons: a prime, so that no rhythm of the data hides a difference. */
export const hashEvery = 997
/** Of a stream, compared; slow contestants run no further. */
export const hashRows = 100_000

/** A running hash of books: [bid ticks, bid lots, ask ticks, ask lots] for each of ten levels, 0 lots and -1 ticks where there is none. */
export interface TopHash {
  add(top: Float64Array): void
  text(): string
}

export function topHash(): TopHash {
  let hash = 0x811c9dc5
  return {
    add(top) {
      for (const number of top) hash = Math.imul(hash ^ (number | 0), 0x01000193)
    },
    text: () => (hash >>> 0).toString(16),
  }
}
