import type { Clock, Micros } from '@rxlob/core'
import { budget, type Budget } from './budget.js'
import { heartbeat, type Heartbeat } from './heartbeat.js'
import type { Connect, Socket } from './outside.js'

export interface ConnectionOptions {
  readonly clock: Clock
  readonly connect: Connect
  readonly url: string
  /** Connection attempts of the host. */
  readonly attempts: Budget
  /** Frames a second that we may send, pongs included. */
  readonly controlPerSecond: number
  readonly pingMicros?: Micros | undefined
  /** Messages to send first, already text. Asked for when the connection is open: signed ones do not last. */
  requests(): readonly string[]
  opened(): void
  message(data: Uint8Array, tsLocal: Micros): void
  closed(code: number, reason: string): void
}

/** One connection from its attempt to its end. Used once. */
export interface Connection {
  readonly state: 'waiting' | 'connecting' | 'open' | 'closed'
  /** Sends a request when its turn comes. */
  request(text: string): void
  pause(): void
  resume(): void
  /** Ends it from our side; `closed` is not called. */
  end(): void
  /** Ends it as dead; `closed` is called with the reason. */
  fail(reason: string): void
}

/** How long a connection may take to open. */
const openMicros = 15_000_000

/** Opens a connection when the host's budget allows, sends its requests at the venue's pace and watches that it lives. */
export function connection(options: ConnectionOptions): Connection {
  const { clock } = options
  // The budget counts the pongs that the socket sends by itself: they leave no room for a burst of requests.
  const frames = budget({ clock, limit: options.controlPerSecond, windowMicros: 1_000_000 })
  let state: Connection['state'] = 'waiting'
  let socket: Socket | undefined
  let beat: Heartbeat | undefined
  let withdraw = (): void => {}
  let cancelOpening = (): void => {}

  function finish(): void {
    state = 'closed'
    beat?.stop()
    withdraw()
    cancelOpening()
    frames.clear()
  }
  function lose(code: number, reason: string): void {
    if (state === 'closed') return
    finish()
    options.closed(code, reason)
  }
  function request(text: string): void {
    frames.spend(1, () => socket?.send(text))
  }
  function fail(reason: string): void {
    if (state === 'closed') return
    const dead = socket
    lose(1006, reason)
    dead?.terminate()
  }

  function begin(): void {
    state = 'connecting'
    cancelOpening = clock.after(openMicros, () => fail('no answer to the handshake'))
    socket = options.connect(options.url, {
      open() {
        if (state !== 'connecting') return
        state = 'open'
        cancelOpening()
        beat = heartbeat({
          clock,
          ping: () => void frames.spend(1, () => socket?.ping()),
          dead: () => fail('no pong'),
          ...(options.pingMicros !== undefined && { pingMicros: options.pingMicros }),
        })
        options.opened()
        for (const text of options.requests()) request(text)
      },
      message(data) {
        // Taken before anything else is done: this is the time that everything after is measured against.
        const tsLocal = clock.now()
        if (state !== 'open') return
        beat!.alive()
        options.message(data, tsLocal)
      },
      ping() {
        frames.note(1)
        beat?.alive()
      },
      pong: () => beat?.alive(),
      close: lose,
    })
  }

  withdraw = options.attempts.spend(1, begin)
  return {
    get state() {
      return state
    },
    request,
    pause() {
      socket?.pause()
      beat?.hold(true)
    },
    resume() {
      socket?.resume()
      beat?.hold(false)
    },
    end() {
      if (state === 'closed') return
      finish()
      socket?.close()
    },
    fail,
  }
}
