import { LobError } from '@rxlob/core'
import { longestLine } from './message-file.js'

/** Whole lines of a chunked file, as bytes. `bytes[to - 1]` is always a newline while `at < to`; what lies behind is not to be read. */
export interface LineReader {
  readonly bytes: Uint8Array
  /** Of the next unread byte; moved by the reader. */
  at: number
  /** End of the last whole line. */
  readonly to: number
  /** Place of `bytes[0]` in the (decompressed) file. */
  readonly offset: number
  /** Reads on until there is at least one more whole line; false at the end of the file. Call with `at === to`. */
  fill(line: number): Promise<boolean>
  close(): Promise<void>
}

const newline = 10
const nothing: Uint8Array = new Uint8Array(0)

/**
 * Reads chunks of any size, each copied at once: a source may lend its buffer. A last line without newline gets one.
 * Memory: the longest chunk and one line, in a buffer that is kept.
 *
 * @param start Place of the first chunk's first byte in the file.
 */
export function lineReader(chunks: AsyncIterable<Uint8Array>, file: string, start = 0): LineReader {
  const source = chunks[Symbol.asyncIterator]()
  /** Bytes in `reader.bytes`; what lies behind `reader.to` is the beginning of a line. */
  let held = 0

  async function fill(line: number): Promise<boolean> {
    reader.offset += reader.to
    reader.bytes.copyWithin(0, reader.to, held)
    held -= reader.to
    reader.at = reader.to = 0
    for (;;) {
      const { value: chunk = nothing, done } = await source.next()
      if (done) {
        if (held > 0) append(Uint8Array.of(newline))
        return held > 0
      }
      append(chunk)
      if (reader.to > 0) return true
      if (held > longestLine) {
        throw new LobError(
          'LOB_BAD_FILE',
          `${file} line ${line}: expected a line of at most ${longestLine} bytes, found ${held} without a newline. This is not a LOBSTER csv file.`,
          { file, line },
        )
      }
    }
  }

  /** Shows the whole lines up to the end of `chunk`. */
  function append(chunk: Uint8Array): void {
    const length = held + chunk.length
    if (length > reader.bytes.length) {
      const grown = new Uint8Array(length + longestLine)
      grown.set(reader.bytes.subarray(0, held))
      reader.bytes = grown
    }
    reader.bytes.set(chunk, held)
    const end = chunk.lastIndexOf(newline) + 1
    if (end > 0) reader.to = held + end
    held = length
  }

  const reader = {
    bytes: nothing,
    at: 0,
    to: 0,
    offset: start,
    fill,
    close: async () => {
      await source.return?.()
    },
  }
  return reader
}
