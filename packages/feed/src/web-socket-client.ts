import { WebSocket, type RawData } from 'ws'
import type { Connect } from './outside.js'

/** Largest message, compressed or not. A full Coinbase book has 10 MiB. */
const maxPayloadBytes: number = 32 * 2 ** 20

export interface WebSocketClientOptions {
  /** Sent with the opening handshake. */
  readonly headers?: Readonly<Record<string, string>>
  /** Certificates to trust besides the system's, for servers of your own. Checks are never switched off. */
  readonly ca?: string | Buffer
}

/** Handshakes that take longer have failed. */
const handshakeMillis = 10_000

/**
 * Connections by the `ws` package. No compression (it costs 80 to 110 us a message, and memory); message, fragment and buffer sizes are
 * bounded; pings of the server are answered by the socket itself; redirects are not followed.
 */
export function webSocketClient({ headers, ca }: WebSocketClientOptions = {}): Connect {
  return (url, events) => {
    let closed = false
    const close = (code: number, reason: string): void => {
      if (closed) return
      closed = true
      events.close(code, reason)
    }
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: maxPayloadBytes,
      maxFragments: 1024,
      maxBufferedChunks: 65_536,
      handshakeTimeout: handshakeMillis,
      followRedirects: false,
      skipUTF8Validation: true,
      minVersion: 'TLSv1.2',
      ...(headers && { headers }),
      ...(ca !== undefined && { ca }),
    })
    let failure = ''
    socket.on('open', () => closed || events.open())
    socket.on('message', (data: RawData) => closed || events.message(bytesOf(data)))
    socket.on('ping', () => closed || events.ping())
    socket.on('pong', () => closed || events.pong())
    // An error is always followed by a close, which has no reason of its own then.
    socket.on('error', (error) => {
      failure = error.message
    })
    socket.on('close', (code, reason) => close(code, reason.length > 0 ? reason.toString('utf8') : failure))
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text, () => {})
      },
      ping: () => {
        if (socket.readyState === WebSocket.OPEN) socket.ping()
      },
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      close: () => socket.close(1000),
      terminate: () => {
        socket.terminate()
        close(1006, 'terminated')
      },
    }
  }
}

const bytesOf = (data: RawData): Uint8Array => (Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data)
