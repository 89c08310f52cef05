import type { EventBatch, Micros } from '@rxlob/core'

/**
 * Events of batches waiting for their time, earliest first; events of one time keep the order they came in.
 *
 * A ring of typed arrays with insertion from the back: O(1) an event for what is nearly in order, as feeds are.
 */
export class EventQueue {
  length = 0
  /** Of the earliest event; Infinity where none waits. */
  time: Micros = Infinity
  private head = 0
  private mask = 63
  private batches: (EventBatch | undefined)[] = new Array<EventBatch | undefined>(64).fill(undefined)
  private rows = new Int32Array(64)
  private times = new Float64Array(64)

  /** Of the earliest event. */
  get batch(): EventBatch {
    return this.batches[this.head]!
  }
  get row(): number {
    return this.rows[this.head]!
  }

  push(batch: EventBatch, row: number, time: Micros): void {
    if (this.length > this.mask) this.grow()
    const { batches, rows, times, mask } = this
    let at = (this.head + this.length++) & mask
    for (let before = (at - 1) & mask; at !== this.head && times[before]! > time; before = (at - 1) & mask) {
      batches[at] = batches[before]
      rows[at] = rows[before]!
      times[at] = times[before]!
      at = before
    }
    if (batches[at] !== batch) batches[at] = batch
    rows[at] = row
    times[at] = time
    if (at === this.head) this.time = time
  }

  /** A batch is let go when its place is taken again: the ring is short. */
  shift(): void {
    this.head = (this.head + 1) & this.mask
    this.time = --this.length === 0 ? Infinity : this.times[this.head]!
  }

  private grow(): void {
    const size = (this.mask + 1) * 2
    const batches = new Array<EventBatch | undefined>(size)
    const rows = new Int32Array(size)
    const times = new Float64Array(size)
    for (let i = 0; i < this.length; i++) {
      const at = (this.head + i) & this.mask
      batches[i] = this.batches[at]
      rows[i] = this.rows[at]!
      times[i] = this.times[at]!
    }
    this.batches = batches
    this.rows = rows
    this.times = times
    this.mask = size - 1
    this.head = 0
  }
}
