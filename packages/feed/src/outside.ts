import type { Clock, Random } from '@rxlob/core'
import type { Budgets } from './budget.js'

/** What a socket tells its owner. Nothing is called after `close`. */
export interface SocketEvents {
  open(): void
  /** One whole message: bytes of text or binary, lent for the call. */
  message(data: Uint8Array): void
  ping(): void
  pong(): void
  /** Called once, also where the connection never came about. */
  close(code: number, reason: string): void
}

/** One connection. Used once: a reconnect makes a new one. */
export interface Socket {
  send(text: string): void
  ping(): void
  /** Stops reading from the network, so that the sender feels it. */
  pause(): void
  resume(): void
  /** Asks the other side to close. */
  close(): void
  /** Drops the connection at once, whatever the other side does. */
  terminate(): void
}

/** Opens a connection. Never throws: what goes wrong is a `close`. */
export type Connect = (url: string, events: SocketEvents) => Socket

/** Everything impure, so that a test or a simulation can replace it. Left out parts are the real thing. */
export interface Outside {
  readonly clock?: Clock
  /** For jitter. Default `Math.random`. */
  readonly random?: Random
  readonly connect?: Connect
  readonly fetch?: typeof globalThis.fetch
  /** Request weights and control frames used so far. Default: one for the whole process, since venues count by address. */
  readonly budgets?: Budgets
}
