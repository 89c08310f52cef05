import type { Tick } from '../book/tick.js'

/** Whether a level changed its size and nothing else did: the level at `rank`, since that is the shallowest. */
export function sizeMovedAlone({ book, changes }: Tick, rank: number): boolean {
  return (
    changes.length === 1 && changes.lotsBefore(0) > 0 && changes.lotsAfter(0) > 0 && changes.ticks(0) === (changes.side(0) === 1 ? book.bidTicks(rank) : book.askTicks(rank))
  )
}
