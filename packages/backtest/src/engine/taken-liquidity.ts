import type { LevelChanges, Lots, Ticks } from '@rxlob/core'

/**
 * What we took from the book that the data still show. It stays gone until the data's own traders take it or the level shrinks below it.
 * Takers take from the front of a queue, and so did we: what trades at the price is what we took first.
 */
export class TakenLiquidity {
  private readonly lots = new Map<number, Lots>()

  get size(): number {
    return this.lots.size
  }

  /** @param side +1 for lots of bids, -1 of asks. */
  at(side: 1 | -1, ticks: Ticks): Lots {
    return this.lots.size === 0 ? 0 : (this.lots.get(keyOf(side, ticks)) ?? 0)
  }

  take(side: 1 | -1, ticks: Ticks, lots: Lots): void {
    this.lots.set(keyOf(side, ticks), this.at(side, ticks) + lots)
  }

  traded(side: 1 | -1, ticks: Ticks, lots: Lots): void {
    this.limit(side, ticks, this.at(side, ticks) - lots)
  }

  /** After an event: no more can be gone from a level than it shows. */
  follow(changes: LevelChanges): void {
    for (let row = 0; row < changes.length; row++) {
      const side = changes.side(row)
      const ticks = changes.ticks(row)
      const held = this.at(side, ticks)
      if (held > 0) this.limit(side, ticks, Math.min(held, changes.lotsAfter(row)))
    }
  }

  clear(): void {
    this.lots.clear()
  }

  private limit(side: 1 | -1, ticks: Ticks, lots: Lots): void {
    if (lots > 0) this.lots.set(keyOf(side, ticks), lots)
    else this.lots.delete(keyOf(side, ticks))
  }
}

const keyOf = (side: 1 | -1, ticks: Ticks): number => ticks * 2 + (side === 1 ? 0 : 1)
