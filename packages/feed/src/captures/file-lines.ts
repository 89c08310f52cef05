import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { PassThrough } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { LobError } from '@rxlob/core'

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
  /** A file cut short (a last line without its end, a compressed stream without its tail) is an error. Default true; false gives what is whole. */
  readonly whole?: boolean
}

/** The bytes of a file, decompressed by the ending of its name (`.gz`, `.zst`). */
async function* bytesOf(file: string, { signal, whole = true }: FileLinesOptions): AsyncGenerator<Uint8Array, void, void> {
  const source = createReadStream(file, { highWaterMark: 2 ** 18 })
  const out = new PassThrough({ highWaterMark: 2 ** 20 })
  const unpack = file.endsWith('.gz') ? createGunzip() : file.endsWith('.zst') ? createZstdDecompress() : undefined
  const done = unpack === undefined ? pipeline(source, out, { ...(signal && { signal }) }) : pipeline(source, unpack, out, { ...(signal && { signal }) })
  // The error reaches the reader through `out`; this keeps it from being reported twice.
  done.catch(() => {})
  try {
    yield* out as AsyncIterable<Uint8Array>
  } catch (error) {
    if (signal?.aborted) return
    if (!whole && isCutShort(error)) return
    throw new LobError('LOB_BAD_FILE', `Expected a readable file, got: ${error instanceof Error ? error.message : String(error)}.`, { file }, { cause: error })
  } finally {
    source.destroy()
  }
}

/** A compressed stream that ends too early, as a killed writer leaves it; anything else is damage. */
const isCutShort = (error: unknown): boolean => /unexpected end of file|ZSTD_error_srcSize_wrong|zstd.*(incomplete|unexpected)/i.test(`${(error as { code?: string }).code ?? ''} ${(error as Error).message}`)

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
