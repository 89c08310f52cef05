/** A queue, first in first out. Cost: O(1) amortised however much waits (the `shift` of a long array moves all of it). */
export interface Fifo<T> {
  readonly length: number
  push(item: T): void
  /** Takes the oldest item; undefined where none waits. */
  shift(): T | undefined
  clear(): void
}

export function fifo<T>(): Fifo<T> {
  let items: (T | undefined)[] = []
  let head = 0
  return {
    get length() {
      return items.length - head
    },
    push(item) {
      items.push(item)
    },
    shift() {
      if (head === items.length) return undefined
      const item = items[head]
      items[head++] = undefined
      if (head * 2 > items.length) {
        items = items.slice(head)
        head = 0
      }
      return item
    },
    clear() {
      items = []
      head = 0
    },
  }
}
