import { LobError } from '@rxlob/core'
import { longestLine } from './message-file.js'

/** Whole lines of a chunked file, as bytes. `bytes[to - 1]` is always a newline while `at < to`. */
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
const nothing = new Uint8Array(0)

/**
 * Reads chunks of any size. A last line without newline gets one. Memory: one chunk and one line.
 *
 * @param start Place of the first chunk's first byte in the file.
 */
export function lineReader(chunks: AsyncIterable<Uint8Array>, file: string, start = 0): LineReader {
  const source = chunks[Symbol.asyncIterator]()
  let rest: Uint8Array = nothing
  let ended = false

  async function fill(line: number): Promise<boolean> {
    reader.offset += reader.bytes.length - rest.length
    reader.bytes = nothing
    reader.at = reader.to = 0
    while (!ended) {
      const { value: chunk = nothing, done } = await source.next()
      if (done) {
        ended = true
        if (rest.length === 0) return false
        show(joined(rest, Uint8Array.of(newline)))
        return true
      }
      if (chunk.length === 0) continue
      const bytes = rest.length === 0 ? chunk : joined(rest, chunk)
      if (show(bytes)) return true
      if (rest.length > longestLine) {
        throw new LobError(
          'LOB_BAD_FILE',
          `${file} line ${line}: expected a line of at most ${longestLine} bytes, found ${rest.length} without a newline. This is not a LOBSTER csv file.`,
          { file, line },
        )
      }
    }
    return false
  }

  /** Shows the whole lines of `bytes` and keeps the rest; false where there is no whole line. */
  function show(bytes: Uint8Array): boolean {
    const end = bytes.lastIndexOf(newline) + 1
    rest = bytes.subarray(end)
    if (end === 0) return false
    reader.bytes = bytes
    reader.to = end
    return true
  }

  const reader = {
    bytes: nothing as Uint8Array,
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

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
