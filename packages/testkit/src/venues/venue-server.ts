import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { Socket, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { LobError, type Clock } from '@rxlob/core'
import { WebSocketServer, type WebSocket } from 'ws'
import type { HostedVenue } from './hosted-venue.js'
import { socketMischief } from './socket-mischief.js'
import type { Wire } from './wire.js'

export interface VenueServerOptions {
  readonly venue: HostedVenue
  readonly clock: Clock
  /** Default 0: any that is free. */
  readonly port?: number
  /** Serves TLS with these. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** A venue on the loopback interface: REST and WebSocket on one port. */
export interface VenueServer {
  readonly port: number
  /** `http://127.0.0.1:9000` and `ws://127.0.0.1:9000`, or their secure forms. */
  readonly rest: string
  readonly streams: string
  stop(): Promise<void>
}

const host = '127.0.0.1'

/** @throws {LobError} LOB_CONNECTION where the port cannot be had. */
export async function venueServer({ venue, clock, port = 0, tls }: VenueServerOptions): Promise<VenueServer> {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false, maxPayload: 2 ** 20 })
  const server: Server = tls === undefined ? createServer(respond(venue, clock)) : createTlsServer({ ...tls }, respond(venue, clock))
  const open = new Set<Duplex>()

  server.on('connection', (socket: Duplex) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const waiting: (() => void)[] = []
    let early: Wire | undefined
    // The venue is asked before the handshake: what it refuses gets no connection.
    const wire = deferredWire((act) => {
      if (early === undefined) waiting.push(() => act(early!))
      else act(early)
    })
    const peer = venue.connect(request.url ?? '/', wire)
    if (peer === undefined) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (client: WebSocket) => {
      let deaf = false
      client.on('message', (data) => peer.received(String(data)))
      client.on('ping', (payload) => {
        peer.pinged()
        if (!deaf && client.readyState === client.OPEN) client.pong(payload)
      })
      client.on('pong', (payload) => peer.ponged(payload.toString()))
      client.on('close', () => peer.closed())
      client.on('error', () => {})
      early = socketWire(client, socket, (on) => {
        deaf = on
      })
      for (const act of waiting) act()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new LobError('LOB_CONNECTION', `The venue cannot listen on port ${port}: ${error.message}. Choose another port.`, {}, { cause: error })))
    server.listen(port, host, resolve)
  })
  const at = (server.address() as AddressInfo).port
  return {
    port: at,
    rest: `http${tls === undefined ? '' : 's'}://${host}:${at}`,
    streams: `ws${tls === undefined ? '' : 's'}://${host}:${at}`,
    async stop() {
      for (const socket of open) socket.destroy()
      sockets.close()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

/** A wire that stands before its socket does. */
function deferredWire(act: (run: (wire: Wire) => void) => void): Wire {
  return {
    message: (data) => act((wire) => wire.message(data)),
    ping: (payload) => act((wire) => wire.ping(payload)),
    close: (code, reason) => act((wire) => wire.close(code, reason)),
    reset: () => act((wire) => wire.reset()),
    freeze: (on) => act((wire) => wire.freeze(on)),
    deaf: (on) => act((wire) => wire.deaf(on)),
    mischief: (kind, data) => act((wire) => wire.mischief(kind, data)),
  }
}

function socketWire(client: WebSocket, socket: Duplex, setDeaf: (deaf: boolean) => void): Wire {
  let frozen = false
  let gathering = false
  const ready = (): boolean => client.readyState === client.OPEN && !frozen
  const release = (): void => {
    if (!gathering) return
    gathering = false
    socket.uncork()
  }
  /** What is sent in one go leaves in one write: at tens of thousands of messages a second the calls to the system are most of the work. */
  const gather = (): void => {
    if (gathering) return
    gathering = true
    socket.cork()
    process.nextTick(release)
  }
  return {
    message(data) {
      if (!ready()) return
      gather()
      client.send(data, { binary: false })
    },
    ping(payload) {
      if (ready()) client.ping(payload)
    },
    close(code, reason) {
      if (frozen) return
      if (code === 0) client.close()
      else client.close(code, reason)
    },
    reset() {
      release()
      // A TLS socket cannot be reset: its connection ends without a closing handshake.
      if (socket instanceof Socket && !(socket instanceof TLSSocket)) socket.resetAndDestroy()
      else socket.destroy()
    },
    freeze(on) {
      frozen = on
      if (on) socket.pause()
      else socket.resume()
    },
    deaf: setDeaf,
    mischief(kind, message) {
      if (ready()) socketMischief(socket, kind, message)
    },
  }
}

const respond = (venue: HostedVenue, clock: Clock): RequestListener => (request, response) => {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]))
  const answer = venue.answer({ method: request.method ?? 'GET', url: request.url ?? '/', headers })
  if (answer.failure === 'refused') {
    request.socket.destroy()
    return
  }
  const body = Buffer.from(answer.body)
  const send = (): void => {
    response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
    if (answer.failure !== 'cut') response.end(body)
    else response.write(body.subarray(0, body.length / 2), () => request.socket.destroy())
  }
  if (answer.afterMicros > 0) clock.after(answer.afterMicros, send)
  else send()
}
