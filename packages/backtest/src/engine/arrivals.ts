import type { Ticks } from '@rxlob/core'

/** Who came after whom at the prices where we wait (level 3). Orders that were there before anything was noted are ahead of us. */
export class Arrivals {
  private readonly levels = new Map<number, Map<number, number>>()
  /** Emptied maps, for levels to come. */
  private readonly spare: Map<number, number>[] = []
  private count = 0

  /** We join a price: the number of the last arrival before us. */
  join(side: 1 | -1, ticks: Ticks): number {
    const key = keyOf(side, ticks)
    if (!this.levels.has(key)) this.levels.set(key, this.spare.pop() ?? new Map())
    return this.count
  }

  /** An order of the data joins the tail of a price. */
  add(side: 1 | -1, ticks: Ticks, orderId: number): void {
    this.levels.get(keyOf(side, ticks))?.set(orderId, ++this.count)
  }

  remove(side: 1 | -1, ticks: Ticks, orderId: number): void {
    this.levels.get(keyOf(side, ticks))?.delete(orderId)
  }

  /** Whether the order came to the price after us. */
  isBehind(side: 1 | -1, ticks: Ticks, orderId: number, joined: number): boolean {
    const number = this.levels.get(keyOf(side, ticks))?.get(orderId)
    return number !== undefined && number > joined
  }

  /** Nobody of ours waits at the price any more. */
  leave(side: 1 | -1, ticks: Ticks): void {
    const key = keyOf(side, ticks)
    const level = this.levels.get(key)
    if (level === undefined) return
    this.levels.delete(key)
    level.clear()
    this.spare.push(level)
  }

  clear(): void {
    this.levels.clear()
  }
}

const keyOf = (side: 1 | -1, ticks: Ticks): number => ticks * 2 + (side === 1 ? 0 : 1)
