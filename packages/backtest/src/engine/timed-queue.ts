import type { Micros } from '@rxlob/core'

/** Messages on one line: they arrive in the order they were sent, whatever their delays. */
export class TimedQueue<T> {
  /** Of the next message; Infinity where none is under way. */
  time: Micros = Infinity
  private items: T[] = []
  private times: Micros[] = []
  private head = 0
  private latest = -Infinity

  /** Returns when it will arrive. */
  push(item: T, time: Micros): Micros {
    this.latest = Math.max(this.latest, time)
    this.items.push(item)
    this.times.push(this.latest)
    this.time = this.times[this.head]!
    return this.latest
  }

  shift(): T {
    const item = this.items[this.head++]!
    if (this.head === this.items.length) {
      this.items = []
      this.times = []
      this.head = 0
    } else if (this.head === 1024) {
      this.items = this.items.slice(1024)
      this.times = this.times.slice(1024)
      this.head = 0
    }
    this.time = this.times[this.head] ?? Infinity
    return item
  }
}
