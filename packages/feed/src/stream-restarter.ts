import type { Clock, Micros } from '@rxlob/core'
import { doubling } from './reconnect.js'

export interface StreamRestarterOptions {
  readonly clock: Clock
  /** The book of a symbol is valid. */
  live(symbol: string): boolean
  /** Makes the venue begin the symbol's stream again. */
  restart(symbol: string): void
  /** The venue was asked time and again and sends no snapshot. */
  giveUp(symbol: string): void
  /** How long a snapshot may take. Default 10 s. */
  readonly patienceMicros?: Micros
}

/** Begins single book streams again, for venues whose snapshots come in the stream. */
export interface StreamRestarter {
  /** The book waits for a snapshot that nobody will send by himself. `lost`: it was live until now, so what was begun before is over. */
  want(symbol: string, lost: boolean): void
  stop(): void
}

/** Restarts without a snapshot before the connection itself is blamed. */
const maxTries = 3
/** A stream that ran this long was begun well. */
const settledMicros = 60_000_000
/** What happens to the whole connection in the same moment makes a restart of one stream pointless. */
const soonMicros = 1000

/** One restart at a time a symbol; each within a minute of the last waits longer. */
export function streamRestarter({ clock, live, restart, giveUp, patienceMicros = 10_000_000 }: StreamRestarterOptions): StreamRestarter {
  const running = new Map<string, () => void>()
  /** Restarted and not known to be live yet. */
  const asked = new Set<string>()
  const recent = new Map<string, { restarts: number; at: Micros }>()

  function later(symbol: string, micros: Micros, run: () => void): void {
    running.set(symbol, clock.after(micros, () => {
      running.delete(symbol)
      asked.delete(symbol)
      if (!live(symbol)) run()
    }))
  }
  function begin(symbol: string, tries: number): void {
    const past = recent.get(symbol)
    const restarts = past !== undefined && clock.now() - past.at < settledMicros ? past.restarts : 0
    later(symbol, Math.max(soonMicros, doubling(restarts)), () => {
      recent.set(symbol, { restarts: restarts + 1, at: clock.now() })
      restart(symbol)
      asked.add(symbol)
      later(symbol, patienceMicros, () => {
        if (tries + 1 < maxTries) begin(symbol, tries + 1)
        else giveUp(symbol)
      })
    })
  }

  return {
    want(symbol, lost) {
      if (lost && asked.delete(symbol)) {
        running.get(symbol)?.()
        running.delete(symbol)
      }
      if (!running.has(symbol)) begin(symbol, 0)
    },
    stop() {
      for (const cancel of running.values()) cancel()
      running.clear()
    },
  }
}
