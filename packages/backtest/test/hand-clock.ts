import type { Clock, Micros } from '@rxlob/core'

/** Time that a test moves on: timers run in order, promises settle between them. */
export function handClock(start: Micros): Clock & { advance(micros: Micros): Promise<void> } {
  let now = start
  let timers: { at: Micros; run: () => void }[] = []
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => now,
    after(micros, run) {
      const timer = { at: now + micros, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((each) => each !== timer)
      }
    },
    async advance(micros) {
      const until = now + micros
      await settle()
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.at - b.at)
        if (next === undefined || next.at > until) break
        timers = timers.filter((each) => each !== next)
        now = next.at
        next.run()
        await settle()
      }
      now = until
    },
  }
}
