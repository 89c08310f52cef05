import type { Clock, Micros } from '@rxlob/core'

export interface MarketStatesOptions {
  readonly clock: Clock
  /** Symbols that are halted now; rejects where the venue does not say. */
  ask(): Promise<readonly string[]>
  changed(symbol: string, status: 'halted' | 'resumed'): void
  failed(reason: string): void
  /** Between two questions. Default 60 s. */
  readonly pauseMicros?: Micros
}

/** Which markets rest because the venue says so: quiet without being stale. */
export interface MarketStates {
  /** Something gives reason to ask: a stream is silent, an hour has passed. Settles when the answer is in, or at once where one is fresh. */
  look(): Promise<void>
  halted(symbol: string): boolean
  stop(): void
}

/** Asks at most once a pause, and again after each pause while a market is halted. */
export function marketStates({ clock, ask, changed, failed, pauseMicros = 60_000_000 }: MarketStatesOptions): MarketStates {
  let halted: ReadonlySet<string> = new Set()
  let asked: Micros = -Infinity
  let running: Promise<void> = Promise.resolve()
  let cancel = (): void => {}
  let stopped = false

  async function run(): Promise<void> {
    asked = clock.now()
    try {
      const now = new Set(await ask())
      if (stopped) return
      const before = halted
      halted = now
      for (const symbol of now) if (!before.has(symbol)) changed(symbol, 'halted')
      for (const symbol of before) if (!now.has(symbol)) changed(symbol, 'resumed')
    } catch (error) {
      if (!stopped) failed(String(error))
    }
    if (stopped || halted.size === 0) return
    cancel()
    cancel = clock.after(pauseMicros, () => {
      running = run()
    })
  }

  return {
    look() {
      if (!stopped && clock.now() - asked >= pauseMicros) running = run()
      return running
    },
    halted: (symbol) => halted.has(symbol),
    stop() {
      stopped = true
      cancel()
    },
  }
}
