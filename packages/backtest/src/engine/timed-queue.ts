import type { Micros } from '@rxlob/core'

/** Messages on one line: they arrive in the order they were sent, whatever their delays. A ring that allocates only where it grows. */
export class TimedQueue<T> {
  /** Of the next message; Infinity where none is under way. */
  time: Micros = Infinity
  private items: (T | undefined)[] = new Array<T | undefined>(64).fill(undefined)
  private times = new Float64Array(64)
  private head = 0
  private length = 0
  private latest = -Infinity

  /** Returns when it will arrive. */
  push(item: T, time: Micros): Micros {
    if (this.length === this.times.length) this.grow()
    if (time > this.latest) this.latest = time
    const at = (this.head + this.length++) & (this.times.length - 1)
    this.items[at] = item
    this.times[at] = this.latest
    if (this.length === 1) this.time = this.latest
    return this.latest
  }

  shift(): T {
    const item = this.items[this.head]!
    this.items[this.head] = undefined
    this.head = (this.head + 1) & (this.times.length - 1)
    this.time = --this.length === 0 ? Infinity : this.times[this.head]!
    return item
  }

  private grow(): void {
    const { items, times, head, length } = this
    this.items = Array.from({ length: length * 2 }, (_, at) => (at < length ? items[(head + at) & (length - 1)] : undefined))
    this.times = Float64Array.from({ length: length * 2 }, (_, at) => (at < length ? times[(head + at) & (length - 1)]! : 0))
    this.head = 0
  }
}
