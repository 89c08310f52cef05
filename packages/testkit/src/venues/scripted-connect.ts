import type { Connect } from '@rxlob/feed'

export interface ScriptedConnect {
  readonly connect: Connect
  /** Connections that are open now. */
  readonly open: number
}

const framesATurn = 50
const encoder = new TextEncoder()

/**
 * Connections that each say what a script says, 50 frames a millisecond, in real time, and hear nothing: the least that a live source can be tested on.
 *
 * @example
 * const { connect } = scriptedConnect(() => frames.values())
 * binance({ symbols: ['DEMOUSDT'] }, { connect, fetch })
 */
export function scriptedConnect(script: () => Iterator<string>): ScriptedConnect {
  let open = 0
  return {
    get open() {
      return open
    },
    connect(_, events) {
      const frames = script()
      let turns: ReturnType<typeof setInterval> | undefined
      let closed = false
      function turn(): void {
        for (let i = 0; i < framesATurn && !closed; i++) {
          const { done, value } = frames.next()
          if (done === true) return clearInterval(turns)
          events.message(encoder.encode(value))
        }
      }
      const start = setTimeout(() => {
        events.open()
        turns = setInterval(turn, 1)
      }, 1)
      function close(): void {
        clearTimeout(start)
        clearInterval(turns)
        if (!closed) open--
        closed = true
      }
      open++
      return { send() {}, ping: () => events.pong(), pause() {}, resume() {}, close, terminate: close }
    },
  }
}
