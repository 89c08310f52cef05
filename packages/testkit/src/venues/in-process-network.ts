import type { Clock, Micros, Random } from '@rxlob/core'
import type { Outside, Socket, SocketEvents } from '@rxlob/feed'
import type { HostedVenue } from './hosted-venue.js'
import type { Wire, WirePeer } from './wire.js'

export interface InProcessNetworkOptions {
  readonly clock: Clock
  readonly random: Random
  readonly venue: HostedVenue
  /** One way. Default 1 ms; 0 delivers within the call. */
  readonly latencyMicros?: Micros
}

const encoder = new TextEncoder()
const bytesOf = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data)

/**
 * A network without sockets: the `Outside` of a live source whose venue lives in the same process, on the same clock. Every host is the venue's.
 * What sockets would do with broken frames is done to the client as a socket would tell it.
 */
export function inProcessNetwork({ clock, random, venue, latencyMicros = 1000 }: InProcessNetworkOptions): Required<Pick<Outside, 'clock' | 'random' | 'connect' | 'fetch'>> {
  function connect(url: string, events: SocketEvents): Socket {
    const { pathname, search } = new URL(url)
    let peer: WirePeer | undefined
    let over = false
    let frozen = false
    let deaf = false
    let paused = false
    /** What has arrived and is not read. */
    let unread: (() => void)[] = []
    /** On its way, in order. */
    const flying: (() => void)[] = []

    const arrive = (run: () => void): void => {
      if (over || frozen) return
      if (paused) unread.push(run)
      else run()
    }
    function later(run: () => void): void {
      if (latencyMicros === 0) {
        run()
        return
      }
      flying.push(run)
      clock.after(latencyMicros, () => flying.shift()!())
    }
    const toClient = (run: () => void): void => {
      if (!frozen) later(() => arrive(run))
    }
    const toVenue = (run: () => void): void => {
      if (over || frozen) return
      if (latencyMicros === 0) run()
      else clock.after(latencyMicros, () => { if (!frozen) run() })
    }
    function lose(code: number, reason: string): void {
      toClient(() => {
        over = true
        events.close(code, reason)
      })
    }
    function drop(): void {
      if (over) return
      over = true
      unread = []
      if (!frozen) clock.after(latencyMicros, () => peer?.closed())
      // A venue that hears nothing finds out later.
      else clock.after(60_000_000, () => peer?.closed())
    }

    const wire: Wire = {
      message: (data) => toClient(() => events.message(bytesOf(data))),
      ping(payload) {
        toClient(() => {
          events.ping()
          toVenue(() => peer?.ponged(payload))
        })
      },
      close: (code, reason) => lose(code === 0 ? 1005 : code, reason),
      reset: () => lose(1006, ''),
      freeze(on) {
        frozen = on
      },
      deaf(on) {
        deaf = on
      },
      mischief(kind, text) {
        if (kind === 'fragments' || kind === 'empty-fragments') wire.message(text)
        else if (kind === 'bad-compression') lose(1002, 'Invalid WebSocket frame: RSV1 must be clear')
        else if (kind === 'cut') lose(1006, '')
        else lose(1009, 'Max payload size exceeded')
        if (kind !== 'fragments' && kind !== 'empty-fragments') peer?.closed()
      },
    }
    clock.after(latencyMicros, () => {
      if (over) return
      peer = venue.connect(pathname + search, wire)
      // Refused, or no such path: the handshake fails.
      if (peer === undefined) lose(1006, 'Unexpected server response: 503')
      else toClient(() => events.open())
    })
    return {
      send: (text) => toVenue(() => peer?.received(text)),
      ping() {
        toVenue(() => {
          peer?.pinged()
          if (!deaf) toClient(() => events.pong())
        })
      },
      pause() {
        paused = true
      },
      resume() {
        paused = false
        while (!paused && unread.length > 0) unread.shift()!()
      },
      close: drop,
      terminate: drop,
    }
  }

  const wait = (micros: Micros, signal: AbortSignal | null | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(micros, resolve)
      signal?.addEventListener('abort', () => {
        cancel()
        reject(signal.reason as Error)
      })
    })

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    await wait(latencyMicros, init?.signal)
    const { status, body, headers, afterMicros, failure } = venue.answer({ method: init?.method ?? 'GET', url: pathname + search, headers: headersOf(init) })
    await wait(afterMicros + latencyMicros, init?.signal)
    if (failure === 'refused') throw new TypeError('fetch failed')
    if (status >= 300 && status < 400) throw new TypeError('fetch failed: unexpected redirect')
    if (failure !== 'cut') return new Response(body, { status, headers })
    const half = encoder.encode(body.slice(0, body.length / 2))
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(half)
        controller.error(new TypeError('terminated'))
      },
    })
    return new Response(broken, { status, headers })
  }
  return { clock, random, connect, fetch: fetch as typeof globalThis.fetch }
}

const headersOf = (init: RequestInit | undefined): Record<string, string> => Object.fromEntries(new Headers(init?.headers))
