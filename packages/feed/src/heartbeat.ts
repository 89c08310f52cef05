import type { Clock, Micros } from '@rxlob/core'

export interface HeartbeatOptions {
  readonly clock: Clock
  readonly ping: () => void
  /** No pong and no data: the connection is dead, whatever TCP thinks. */
  readonly dead: () => void
  /** Default 15 s; Infinity for never. */
  readonly pingMicros?: Micros
  /** Default 10 s. */
  readonly pongMicros?: Micros
}

/** Proves a connection alive by pings. It proves nothing about the data. */
export interface Heartbeat {
  /** Anything came: a pong, a ping, a message. */
  alive(): void
  /** Nothing is read while the reader catches up: silence proves nothing. */
  hold(held: boolean): void
  stop(): void
}

/** Pings at a steady pace; a ping that nothing follows in time is the end. A half-open connection is found in at most 25 s. */
export function heartbeat({ clock, ping, dead, pingMicros = 15_000_000, pongMicros = 10_000_000 }: HeartbeatOptions): Heartbeat {
  let stopped = pingMicros === Infinity
  let held = false
  let lastAlive = clock.now()
  let cancel = stopped ? () => {} : clock.after(pingMicros, beat)

  function beat(): void {
    const asked = clock.now()
    ping()
    if (stopped) return
    cancel = clock.after(pongMicros, () => {
      if (lastAlive < asked && !held) {
        stopped = true
        dead()
        return
      }
      cancel = clock.after(Math.max(0, pingMicros - pongMicros), beat)
    })
  }

  return {
    alive() {
      lastAlive = clock.now()
    },
    hold(holds) {
      held = holds
      lastAlive = clock.now()
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}
