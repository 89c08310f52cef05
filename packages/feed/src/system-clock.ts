import type { Clock } from '@rxlob/core'

/**
 * The machine's time: the wall clock read once, then the monotonic one. It never goes back, whatever happens to the wall clock.
 * Timers keep the process alive until they have run or are cancelled.
 */
export function systemClock(): Clock {
  const anchor = Date.now() * 1000 - performance.now() * 1000
  return {
    now: () => Math.floor(anchor + performance.now() * 1000),
    after(micros, run) {
      // Node turns longer delays into 1 ms.
      const timer = setTimeout(run, Math.min(micros / 1000, 2 ** 31 - 1))
      return () => clearTimeout(timer)
    },
  }
}
