import type { Clock, Micros, Random } from '@rxlob/core'
import type { Budgets } from './budget.js'
import { connection, type Connection } from './connection.js'
import type { Stream, VenueLimits } from './live-source-spec.js'
import type { Connect } from './outside.js'
import { fullJitter, politeCap } from './reconnect.js'

export interface ConnectionSlotOptions {
  readonly streams: readonly Stream[]
  readonly url: string
  readonly clock: Clock
  readonly random: Random
  readonly connect: Connect
  readonly limits: Required<VenueLimits>
  readonly budgets: Budgets
  /** Slots that fail together with this one where the host does, itself among them. Default 1. */
  siblings?(): number
  requests(): readonly string[]
  /** The next connection number. */
  number(): number
  opened(connection: number): void
  frame(connection: number, data: Uint8Array, tsLocal: Micros): void
  closed(connection: number, reason: string): void
  /** The connection must take over what it carries: the one before it goes. */
  promote(connection: number): void
}

/** The streams of one connection, whichever connection carries them: reconnects, and hands over before the venue closes. */
export interface ConnectionSlot {
  readonly streams: readonly Stream[]
  start(): void
  /** The host was found well: no need to wait long, once in an outage. */
  hurry(): void
  /** Opens a successor beside the running connection, which stays until all is heard on the new one. */
  replace(reason: string): void
  /** Nothing is heard on this connection any more. */
  release(connection: number): void
  fail(connection: number, reason: string): void
  /** Sends these on the running connection, if there is one. */
  request(texts: readonly string[]): void
  pause(): void
  resume(): void
  stop(): void
}

interface Numbered {
  readonly number: number
  readonly link: Connection
}

/** How long both connections run side by side before the younger takes over unproven. */
const graceMicros = 30_000_000
/** A connection that lasted this long was not a failed attempt. */
const settledMicros = 60_000_000
/** The others that wait for a host that is well again come within this time, not all at once. */
const hurryMicros = 1_000_000

export function connectionSlot(options: ConnectionSlotOptions): ConnectionSlot {
  const { clock, random, limits, streams } = options
  const { connects } = options.budgets.of(new URL(options.url).host, limits)
  const timers = new Map<string, () => void>()
  let current: Numbered | undefined
  let next: Numbered | undefined
  let attempt = 0
  let hurried = false
  let replacements = 0
  let stopped = false
  let paused = false

  function timer(name: string, micros: Micros, run: () => void): void {
    timers.get(name)?.()
    timers.set(name, clock.after(micros, () => {
      // A timer that has run is no timer: what asks for one asks again.
      timers.delete(name)
      run()
    }))
  }
  function cancel(name: string): void {
    timers.get(name)?.()
    timers.delete(name)
  }

  function begin(): Numbered {
    const number = options.number()
    let openedAt: Micros | undefined
    const self: Numbered = {
      number,
      link: connection({
        clock, connect: options.connect, url: options.url, attempts: connects, controlPerSecond: limits.controlPerSecond,
        pingMicros: limits.pingMicros, requests: options.requests,
        opened() {
          openedAt = clock.now()
          if (paused) self.link.pause()
          options.opened(number)
          if (number === next?.number) timer('grace', graceMicros, () => options.promote(number))
          else timer('lifetime', lifetime(), succeed)
        },
        message: (data, tsLocal) => options.frame(number, data, tsLocal),
        closed(code, reason) {
          if (openedAt !== undefined) {
            options.closed(number, `${code}${reason === '' ? '' : ` ${reason}`}`)
            if (clock.now() - openedAt >= settledMicros) {
              attempt = 0
              hurried = false
            }
          }
          gone(number)
        },
      }),
    }
    return self
  }

  const backOff = (failures: number): Micros => fullJitter(failures, random, { capMicros: politeCap(options.siblings?.() ?? 1, connects.paceMicros(1)) })
  function reconnectAfter(micros: Micros): void {
    timer('reconnect', micros, () => {
      current = begin()
    })
  }

  /** The venue closes at a known age; not all of our connections should go at once. */
  const lifetime = (): Micros => limits.lifetimeMicros * (1 - 0.02 * random())

  function gone(number: number): void {
    if (stopped) return
    if (next?.number === number) {
      next = undefined
      cancel('grace')
      // The old one still runs: try again, later each time.
      timer('replace', 1_000_000 + backOff(replacements++), succeed)
    } else if (current?.number === number) {
      current = undefined
      if (next?.link.state === 'open') takeOver()
      else {
        next?.link.end()
        next = undefined
        cancel('lifetime')
        cancel('replace')
        reconnectAfter(backOff(attempt++))
      }
    }
  }

  function takeOver(): void {
    cancel('grace')
    current = next
    next = undefined
    replacements = 0
    timer('lifetime', lifetime(), succeed)
  }

  function succeed(): void {
    if (stopped || next !== undefined || current === undefined || current.link.state !== 'open') return
    cancel('replace')
    next = begin()
  }

  return {
    streams,
    start() {
      current = begin()
    },
    hurry() {
      if (hurried || !timers.has('reconnect')) return
      hurried = true
      reconnectAfter(Math.floor(random() * hurryMicros))
    },
    replace() {
      // Streams that stay silent ask again and again; each successor waits longer.
      if (next !== undefined || timers.has('replace')) return
      if (replacements === 0) {
        replacements++
        succeed()
        timer('calm', settledMicros, () => {
          replacements = 0
        })
      } else {
        timer('replace', backOff(replacements++), succeed)
      }
    },
    release(number) {
      if (current?.number !== number || next?.link.state !== 'open') return
      const old = current
      takeOver()
      old.link.end()
      options.closed(old.number, 'handed over')
    },
    fail(number, reason) {
      for (const each of [current, next]) if (each?.number === number) each.link.fail(reason)
    },
    request(texts) {
      if (current?.link.state === 'open') for (const text of texts) current.link.request(text)
    },
    pause() {
      paused = true
      current?.link.pause()
      next?.link.pause()
    },
    resume() {
      paused = false
      current?.link.resume()
      next?.link.resume()
    },
    stop() {
      stopped = true
      for (const stopTimer of timers.values()) stopTimer()
      current?.link.end()
      next?.link.end()
    },
  }
}
