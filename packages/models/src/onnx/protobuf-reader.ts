/** What a protobuf message holds at one place. */
export interface ProtobufField {
  readonly number: number
  /** Of a varint or a fixed-width number; 0n for bytes. */
  readonly integer: bigint
  /** Where the bytes of a message, a text or a packed list are; -1 for numbers. */
  readonly start: number
  readonly end: number
}

/** Thrown at the first byte that is no protobuf. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError'
}

/** Reads protobuf messages field by field. */
export interface ProtobufReader {
  /** Walks the fields of the message in [start, end). */
  forEachField(start: number, end: number, visit: (field: ProtobufField) => void): void
  /** The numbers of a repeated field, which may come one by one or packed. */
  integers(field: ProtobufField, max: number): bigint[]
  /** Little-endian numbers of eight bytes. */
  longs(field: ProtobufField): bigint[]
  /** An error about the content, to throw. */
  error(what: string): ProtobufError
  text(field: ProtobufField): string
}

/** Longest text that is read: names of tensors and operators. */
const maxTextBytes = 4096

/**
 * Walks messages without decoding what is in them. Nothing outside a message is read, so a length that points past its end is an
 * error, not a read. Groups (wire types 3 and 4), which ONNX never uses, are errors.
 *
 * @param maxFields Fields in all: a file of nothing but tiny fields would keep the thread busy for minutes.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function protobufReader(bytes: Uint8Array, maxFields: number): ProtobufReader {
  let at = 0
  let fields = 0
  const decoder = new TextDecoder()

  function varint(end: number): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= end) throw new ProtobufError(`a number is cut off at byte ${at}`)
      const byte = bytes[at++]!
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
    }
    throw new ProtobufError(`a number of more than ten bytes at byte ${at}`)
  }
  function take(length: bigint, end: number): number {
    if (length < 0n || length > BigInt(end - at)) throw new ProtobufError(`a field at byte ${at} says it has ${BigInt.asUintN(64, length)} bytes, ${end - at} are left`)
    const start = at
    at += Number(length)
    return start
  }
  function fixed(width: number, end: number): bigint {
    const start = take(BigInt(width), end)
    let value = 0n
    for (let byte = width - 1; byte >= 0; byte--) value = (value << 8n) | BigInt(bytes[start + byte]!)
    return BigInt.asIntN(64, value)
  }
  /** Reads the field at `at` and leaves `at` behind it. */
  function next(end: number): ProtobufField {
    if (++fields > maxFields) throw new ProtobufError(`more than ${maxFields} fields`)
    const tag = BigInt.asUintN(64, varint(end))
    const number = Number(tag >> 3n)
    if (number === 0) throw new ProtobufError(`field number 0 at byte ${at}`)
    switch (Number(tag & 7n)) {
      case 0:
        return { number, integer: varint(end), start: -1, end: -1 }
      case 1:
        return { number, integer: fixed(8, end), start: -1, end: -1 }
      case 5:
        return { number, integer: fixed(4, end), start: -1, end: -1 }
      case 2: {
        const start = take(varint(end), end)
        return { number, integer: 0n, start, end: at }
      }
      default:
        throw new ProtobufError(`wire type ${tag & 7n} at byte ${at}`)
    }
  }

  return {
    forEachField(start, end, visit) {
      // `visit` may walk a message inside this field, which moves `at`.
      for (let from = start; from < end; ) {
        at = from
        const field = next(end)
        from = at
        visit(field)
      }
    },
    integers(field, max) {
      if (field.start < 0) return [field.integer]
      const list: bigint[] = []
      at = field.start
      while (at < field.end) {
        if (list.length === max) throw new ProtobufError(`a list of more than ${max} numbers at byte ${field.start}`)
        list.push(varint(field.end))
      }
      return list
    },
    longs({ start, end }) {
      const view = new DataView(bytes.buffer, bytes.byteOffset)
      return Array.from({ length: (end - start) >> 3 }, (_, index) => view.getBigInt64(start + 8 * index, true))
    },
    error: (what) => new ProtobufError(what),
    text({ start, end }) {
      if (start < 0) throw new ProtobufError('a number where a text belongs')
      if (end - start > maxTextBytes) throw new ProtobufError(`a name of ${end - start} bytes at byte ${start}`)
      return decoder.decode(bytes.subarray(start, end))
    },
  }
}
