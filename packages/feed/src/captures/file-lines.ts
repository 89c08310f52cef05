import { createReadStream } from 'node:fs'
import { pipeline, Readable, type Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { LobError } from '@rxlob/core'
import { zstdFrames } from './zstd-frames.js'

/** Longest line: the 32 MiB that a socket lets through, as JSON text inside JSON text. */
const maxLineBytes = 80 * 2 ** 20

/** Whole lines of one chunk of a file. */
export interface LineChunk {
  readonly file: string
  /** 1-based number of the first line. */
  readonly firstLine: number
  readonly lines: readonly Uint8Array[]
}

export interface FileLinesOptions {
  readonly signal?: AbortSignal | undefined
  /** A file cut short (a compressed stream without its tail) is an error. Default true; false gives what is whole: its whole lines. */
  readonly whole?: boolean
}

/** The bytes of a file, decompressed by the ending of its name (`.gz`, `.zst`). */
async function* bytesOf(file: string, { signal, whole = true }: FileLinesOptions): AsyncGenerator<Uint8Array, void, void> {
  const source = createReadStream(file, { highWaterMark: 2 ** 18, ...(signal && { signal }) })
  try {
    if (file.endsWith('.zst')) yield* unpackedFrames(source, whole)
    else if (file.endsWith('.gz')) yield* through(source, createGunzip())
    else yield* source
  } catch (error) {
    if (signal?.aborted) return
    if (error instanceof LobError) throw new LobError(error.code, error.message, { ...error.where, file }, { cause: error })
    throw new LobError('LOB_BAD_FILE', `Expected a readable file, got: ${error instanceof Error ? error.message : String(error)}.`, { file }, { cause: error })
  } finally {
    source.destroy()
  }
}

/** What comes out of `transform`; an error on either side reaches the reader. */
function through(source: Readable, transform: Transform): AsyncIterable<Uint8Array> {
  pipeline(source, transform, () => {})
  return transform as AsyncIterable<Uint8Array>
}

/** Frame by frame; a last frame that is not whole is an error, or left out. */
async function* unpackedFrames(source: AsyncIterable<Uint8Array>, whole: boolean): AsyncGenerator<Uint8Array, void, void> {
  const frames = zstdFrames()
  let held: Uint8Array[] = []
  for await (const chunk of source) {
    for (const { bytes, last, skippable } of frames.push(chunk)) {
      held.push(bytes)
      if (!last) continue
      const frame = held
      held = []
      if (!skippable) yield* through(Readable.from(frame), createZstdDecompress())
    }
  }
  if (!frames.whole && whole) throw new LobError('LOB_BAD_FILE', 'Expected a whole zstd frame at the end, got a part of one.')
}

/**
 * The lines of a text file, plain or compressed, a chunk at a time, without their line ends. Memory is bounded by the longest line.
 *
 * @throws {LobError} LOB_BAD_FILE where the file is missing, damaged or holds a line of more than 80 MiB.
 */
export async function* fileLines(file: string, options: FileLinesOptions = {}): AsyncGenerator<LineChunk, void, void> {
  const { whole = true } = options
  let carried: Uint8Array[] = []
  let carriedBytes = 0
  let firstLine = 1
  for await (const chunk of bytesOf(file, options)) {
    const lines: Uint8Array[] = []
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const tail = chunk.subarray(from, end)
      lines.push(trimmed(carriedBytes === 0 ? tail : Buffer.concat([...carried, tail])))
      carried = []
      carriedBytes = 0
      from = end + 1
    }
    if (from < chunk.length) {
      carried.push(chunk.subarray(from))
      carriedBytes += chunk.length - from
      if (carriedBytes > maxLineBytes) {
        throw new LobError('LOB_BAD_FILE', `Expected lines of at most ${maxLineBytes} bytes, got ${carriedBytes} without an end.`, { file, line: firstLine + lines.length })
      }
    }
    if (lines.length > 0) yield { file, firstLine, lines }
    firstLine += lines.length
  }
  if (carriedBytes > 0 && whole) yield { file, firstLine, lines: [trimmed(Buffer.concat(carried))] }
}

const trimmed = (line: Uint8Array): Uint8Array => (line.at(-1) === 13 ? line.subarray(0, -1) : line)
