import type { Side, Ticks } from '@rxlob/core'
import { OrderQueue } from './order-queue.js'

/** Levels looked at one by one before the search turns binary: nearly all changes are near the best. */
const nearLevels = 8

/** The occupied prices of one side, best last, so that changes near the best move few elements. */
export class PriceLadder {
  private readonly queues: OrderQueue[] = []
  private readonly sign: 1 | -1

  constructor(side: Side) {
    this.sign = side === 'bid' ? 1 : -1
  }

  get depth(): number {
    return this.queues.length
  }

  get best(): OrderQueue | undefined {
    return this.queues[this.queues.length - 1]
  }

  /** Level 0 is the best. */
  at(level: number): OrderQueue | undefined {
    return this.queues[this.queues.length - 1 - level]
  }

  find(ticks: Ticks): OrderQueue | undefined {
    const queue = this.queues[this.place(ticks)]
    return queue?.ticks === ticks ? queue : undefined
  }

  findOrOpen(ticks: Ticks): OrderQueue {
    const place = this.place(ticks)
    const found = this.queues[place]
    if (found?.ticks === ticks) return found
    const queue = new OrderQueue(ticks)
    if (place === this.queues.length) this.queues.push(queue)
    else this.queues.splice(place, 0, queue)
    return queue
  }

  close(queue: OrderQueue): void {
    if (this.best === queue) this.queues.pop()
    else this.queues.splice(this.place(queue.ticks), 1)
  }

  /** Index of the worst queue that is at least as good as `ticks`. */
  private place(ticks: Ticks): number {
    const { queues, sign } = this
    const wanted = sign * ticks
    const near = Math.max(0, queues.length - nearLevels)
    let high = queues.length
    while (high > near && sign * queues[high - 1]!.ticks >= wanted) high--
    if (high > near || high === 0) return high
    let low = 0
    while (low < high) {
      const middle = (low + high) >>> 1
      if (sign * queues[middle]!.ticks < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
