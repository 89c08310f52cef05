import { LobError } from '@rxlob/core'

/** A piece of one frame; `last` closes it. */
interface FramePiece {
  readonly bytes: Uint8Array
  readonly last: boolean
  /** Of a frame that holds no data. */
  readonly skippable: boolean
}

export interface ZstdFrames {
  /** The bytes of `chunk`, cut where frames end. */
  push(chunk: Uint8Array): readonly FramePiece[]
  /** No frame is open: the file may end here. */
  readonly whole: boolean
}

const magic = 0xfd2fb528
const skippableMagic = 0x184d2a50

/**
 * Finds where the frames of a zstd file end, from the block sizes alone. A file may have many (each was whole when it was written,
 * so a killed writer loses at most the last), and Node's decompressor stops in silence after the first.
 *
 * @throws {LobError} LOB_BAD_FILE where the bytes are no zstd frames.
 * @see https://www.rfc-editor.org/rfc/rfc8878 sections 3.1.1 and 3.1.2
 */
export function zstdFrames(): ZstdFrames {
  /** Bytes of the current field (a header) still to come, kept until it is complete. */
  let field: number[] = []
  /** Bytes to pass over before the next field. */
  let passing = 0
  let step: 'magic' | 'descriptor' | 'block' | 'skip size' = 'magic'
  let checksum = 0
  /** The frame ends when what is being passed over has passed. */
  let closing = false
  let skippable = false

  const lengths = { magic: 4, descriptor: 1, block: 3, 'skip size': 4 }
  const little = (bytes: readonly number[]): number => bytes.reduceRight((value, byte) => value * 256 + byte, 0)

  /** Reads a complete field; afterwards `step`, `passing` and `closing` say what follows. */
  function read(): void {
    const value = little(field)
    const [byte = 0] = field
    field = []
    if (step === 'magic') {
      skippable = value - (value % 16) === skippableMagic
      if (value === magic) step = 'descriptor'
      else if (skippable) step = 'skip size'
      else throw new LobError('LOB_BAD_FILE', `Expected a zstd frame, got bytes that start with 0x${value.toString(16)}.`)
    } else if (step === 'skip size') {
      passing = value
      closing = true
    } else if (step === 'descriptor') {
      const singleSegment = (byte & 32) !== 0
      const contentSize = [singleSegment ? 1 : 0, 2, 4, 8][byte >> 6]!
      const dictionary = [0, 1, 2, 4][byte & 3]!
      checksum = byte & 4 ? 4 : 0
      passing = contentSize + dictionary + (singleSegment ? 0 : 1)
      step = 'block'
    } else {
      const type = (value >> 1) & 3
      const size = value >> 3
      if (type === 3) throw new LobError('LOB_BAD_FILE', 'Expected a zstd block, got a reserved type.')
      closing = (value & 1) !== 0
      passing = (type === 1 ? 1 : size) + (closing ? checksum : 0)
    }
  }

  return {
    get whole() {
      return step === 'magic' && field.length === 0
    },
    push(chunk) {
      const pieces: FramePiece[] = []
      let from = 0
      let at = 0
      while (at < chunk.length || (closing && passing === 0)) {
        if (passing > 0) {
          const passed = Math.min(passing, chunk.length - at)
          passing -= passed
          at += passed
          if (passing > 0) break
        }
        if (closing) {
          pieces.push({ bytes: chunk.subarray(from, at), last: true, skippable })
          from = at
          closing = false
          step = 'magic'
          continue
        }
        if (at === chunk.length) break
        field.push(chunk[at++]!)
        if (field.length === lengths[step]) read()
      }
      if (from < chunk.length) pieces.push({ bytes: chunk.subarray(from), last: false, skippable })
      return pieces
    },
  }
}
