import type { Clock, Micros } from '@rxlob/core'

/** A clock that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /** Timers that have not run. */
  readonly pending: number
  /**
   * Goes on by this much, running every timer on its way in the order of their times (ties in the order they were set). Between timers
   * promises settle, so code that awaits sees the same order as in real time.
   */
  advance(micros: Micros): Promise<void>
}

interface Timer {
  readonly at: Micros
  readonly order: number
  /** Undefined once it has run or was cancelled. */
  run: (() => void) | undefined
}

/**
 * Time for tests and simulations: a month passes in seconds, and twice in the same way.
 *
 * @param start Default 2026-09-21T14:13:20Z.
 */
export function virtualClock(start: Micros = 1_790_000_000_000_000): VirtualClock {
  let now = start
  let order = 0
  const heap: Timer[] = []
  let pending = 0

  const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
  function push(timer: Timer): void {
    let at = heap.push(timer) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(timer, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = timer
  }
  function pop(): Timer {
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length > 0) {
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= heap.length) break
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
        if (!before(heap[child]!, last)) break
        heap[at] = heap[child]!
        at = child
      }
      heap[at] = last
    }
    return first
  }
  /** Lets every promise that can settle do so. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  return {
    get pending() {
      return pending
    },
    now: () => now,
    after(micros, run) {
      const timer: Timer = { at: now + Math.max(0, micros), order: order++, run }
      push(timer)
      pending++
      return () => {
        if (timer.run !== undefined) pending--
        timer.run = undefined
      }
    },
    async advance(micros) {
      const until = now + micros
      await settle()
      while (heap.length > 0 && heap[0]!.at <= until) {
        const timer = pop()
        const { run } = timer
        if (run === undefined) continue
        timer.run = undefined
        pending--
        now = timer.at
        run()
        await settle()
      }
      now = until
    },
  }
}
