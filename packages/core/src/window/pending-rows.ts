/** What is kept for rows until their labels come, by row number. Cost: O(1) amortised, memory O(newest row - oldest that is kept). */
export interface PendingRows<T> {
  /** Items kept. */
  readonly size: number
  /** Keeps an item for a row later than all before it. */
  put(row: number, item: T): void
  /** Gives up the item of a row; undefined where none is kept. */
  take(row: number): T | undefined
  /** The oldest item, which stays. */
  oldest(): T | undefined
  clear(): void
}

export function pendingRows<T>(): PendingRows<T> {
  let slots: (T | undefined)[] = []
  // Where the oldest item is, and its row.
  let head = 0
  let headRow = 0
  let size = 0

  function clear(): void {
    slots = []
    head = 0
    size = 0
  }
  return {
    get size() {
      return size
    },
    put(row, item) {
      if (size === 0) headRow = row
      while (slots.length - head < row - headRow) slots.push(undefined)
      slots.push(item)
      size++
    },
    take(row) {
      const at = head + row - headRow
      const item = row < headRow ? undefined : slots[at]
      if (item === undefined) return undefined
      slots[at] = undefined
      if (--size === 0) {
        clear()
        return item
      }
      while (slots[head] === undefined) {
        head++
        headRow++
      }
      if (head * 2 > slots.length) {
        slots = slots.slice(head)
        head = 0
      }
      return item
    },
    oldest: () => slots[head],
    clear,
  }
}
