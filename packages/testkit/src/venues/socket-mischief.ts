import { deflateRawSync } from 'node:zlib'
import type { Duplex } from 'node:stream'
import type { FrameMischief } from './wire.js'

/** One frame of a server, as bytes. @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function frame(opcode: number, payload: Uint8Array, { fin = true, rsv1 = false } = {}): Buffer {
  const first = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode
  if (payload.length < 126) return Buffer.concat([Buffer.from([first, payload.length]), payload])
  if (payload.length < 65_536) {
    const head = Buffer.from([first, 126, 0, 0])
    head.writeUInt16BE(payload.length, 2)
    return Buffer.concat([head, payload])
  }
  const head = Buffer.alloc(10)
  head[0] = first
  head[1] = 127
  head.writeBigUInt64BE(BigInt(payload.length), 2)
  return Buffer.concat([head, payload])
}

const text = 1
const continuation = 0
const pieces = 7
const mebibyte = 2 ** 20

/** Writes a message in frames that break or stretch the protocol, past the WebSocket library, straight to its socket. */
export function socketMischief(socket: Duplex, kind: FrameMischief, message: string): void {
  const payload = Buffer.from(message)
  switch (kind) {
    case 'fragments':
    case 'empty-fragments': {
      const size = Math.ceil(payload.length / pieces)
      for (let from = 0; from < payload.length; from += size) {
        socket.write(frame(from === 0 ? text : continuation, payload.subarray(from, from + size), { fin: false }))
        if (kind === 'empty-fragments') socket.write(frame(continuation, Buffer.alloc(0), { fin: false }))
      }
      socket.write(frame(continuation, Buffer.alloc(0)))
      break
    }
    case 'bad-compression':
      socket.write(frame(text, payload, { rsv1: true }))
      break
    case 'cut':
      socket.write(frame(text, payload).subarray(0, Math.ceil(payload.length / 2)), () => socket.destroy())
      break
    case 'bomb':
      socket.write(frame(text, deflateRawSync(Buffer.alloc(64 * mebibyte)), { rsv1: true }))
      break
    case 'oversize':
      // The head alone says how much is to come.
      socket.write(frame(text, Buffer.alloc(33 * mebibyte, 0x20)).subarray(0, mebibyte))
      break
    default:
  }
}
