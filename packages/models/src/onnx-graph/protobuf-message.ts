/** Bytes of one protobuf message, field by field. */
export interface ProtobufMessage {
  integer(field: number, value: number): ProtobufMessage
  float(field: number, value: number): ProtobufMessage
  text(field: number, value: string): ProtobufMessage
  bytes(field: number, value: Uint8Array): ProtobufMessage
  message(field: number, value: ProtobufMessage): ProtobufMessage
  /** Packed. */
  integers(field: number, values: readonly number[]): ProtobufMessage
  /** Packed. */
  floats(field: number, values: ArrayLike<number>): ProtobufMessage
  finish(): Uint8Array
}

const encoder = new TextEncoder()

/**
 * Writes the protobuf wire format: tags, varints, 32-bit floats and length-prefixed bytes, which is all that ONNX files use.
 *
 * @see Protocol Buffers, Encoding
 */
export function protobufMessage(): ProtobufMessage {
  const parts: Uint8Array[] = []
  let length = 0
  const push = (part: Uint8Array): void => {
    parts.push(part)
    length += part.length
  }
  const tag = (field: number, wire: 0 | 2 | 5): void => push(varint(field * 8 + wire))
  const self: ProtobufMessage = {
    integer(field, value) {
      tag(field, 0)
      push(varint(value))
      return self
    },
    float(field, value) {
      tag(field, 5)
      push(new Uint8Array(Float32Array.of(value).buffer))
      return self
    },
    text: (field, value) => self.bytes(field, encoder.encode(value)),
    bytes(field, value) {
      tag(field, 2)
      push(varint(value.length))
      push(value)
      return self
    },
    message: (field, value) => self.bytes(field, value.finish()),
    integers: (field, values) => self.bytes(field, concatenated(values.map(varint))),
    floats: (field, values) => self.bytes(field, new Uint8Array(Float32Array.from(values).buffer)),
    finish: () => concatenated(parts, length),
  }
  return self
}

/** A signed integer of 64 bits, least significant groups of seven first; negative ones take ten bytes. */
function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

function concatenated(parts: readonly Uint8Array[], length: number = parts.reduce((sum, part) => sum + part.length, 0)): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
