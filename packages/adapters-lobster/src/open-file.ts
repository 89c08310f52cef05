import { createGunzip, createZstdDecompress } from 'node:zlib'
import { LobError } from '@rxlob/core'
import { decompress, type Decompressor } from './decompress.js'
import { rawChunks } from './raw-chunks.js'
import { zipEntry } from './zip-entry.js'

/** Opens one file of a LOBSTER pair from byte `start` of the csv on; the reading begins with the first chunk asked for. */
export type OpenFile = (path: string, kind: 'message' | 'orderbook', start: number) => AsyncIterable<Uint8Array>

const chunkBytes = 1 << 20
/** `readableHighWaterMark` 1: the stream waits for each chunk to be taken (see `decompress`). */
const streamOptions = { chunkSize: chunkBytes, readableHighWaterMark: 1 } as object
const gunzip = (): Decompressor => createGunzip(streamOptions)
const unzstd = (): Decompressor => createZstdDecompress(streamOptions)

/**
 * Chunks of about 1 MB of a `.csv`, `.csv.gz`, `.csv.zst`, or of one of the two files in a `.zip`.
 *
 * @throws {LobError} LOB_BAD_FILE where the file is missing, unreadable or damaged; what can be read of it comes first.
 */
export const openFile: OpenFile = async function* (path, kind, start) {
  const packed = /\.(zip|gz|zst)$/.test(path)
  let skip = packed ? start : 0
  try {
    for await (const chunk of packed ? unpacked(path, kind) : rawChunks(path, chunkBytes, start)) {
      if (skip < chunk.length) yield skip === 0 ? chunk : chunk.subarray(skip)
      skip = Math.max(0, skip - chunk.length)
    }
  } catch (error) {
    throw error instanceof LobError ? error : unreadable(path, error)
  }
}

function unpacked(path: string, kind: 'message' | 'orderbook'): AsyncIterable<Uint8Array> {
  if (path.endsWith('.zip')) return zipEntry(path, kind, chunkBytes)
  return decompress(rawChunks(path, chunkBytes / 4), path.endsWith('.gz') ? gunzip : unzstd)
}

function unreadable(path: string, error: unknown): LobError {
  const { code, message } = error as NodeJS.ErrnoException
  const problem =
    code === 'ENOENT'
      ? 'expected a file, found none. Check the path'
      : code === 'Z_BUF_ERROR'
        ? 'the compressed data ends in the middle. The file was cut short: download or copy it again'
        : `cannot be read (${message}). Check that it is a whole file with the right ending (.csv, .csv.gz, .csv.zst, .zip)`
  return new LobError('LOB_BAD_FILE', `${path}: ${problem}.`, { file: path }, { cause: error })
}
