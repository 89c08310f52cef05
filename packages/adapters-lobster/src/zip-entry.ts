import { crc32, createInflateRaw } from 'node:zlib'
import { LobError } from '@rxlob/core'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { decompress, type Decompressor } from './decompress.js'
import { lobsterFileName } from './file-name.js'
import { rawChunks } from './raw-chunks.js'

const stored = 0
const deflated = 8

/**
 * Decompressed chunks of the message or the order-book file inside an official LOBSTER zip.
 *
 * @throws {LobError} LOB_BAD_FILE where the archive is damaged, or does not hold exactly one such file.
 */
export async function* zipEntry(path: string, kind: 'message' | 'orderbook', chunkBytes: number): AsyncGenerator<Uint8Array, void, void> {
  const { entry, start } = await findEntry(path, kind)
  const { compressionMethod: method, compressedSize, uncompressedSize } = entry
  if (entry.isEncrypted() || (method !== stored && method !== deflated)) {
    throw new LobError('LOB_BAD_FILE', `${path}: expected ${entry.fileName} to be stored or deflated and not encrypted (method ${method}). Unpack it and pass the csv files.`, { file: path })
  }
  const raw = rawChunks(path, chunkBytes / 4, start, start + compressedSize)
  const create = (): Decompressor => createInflateRaw({ chunkSize: chunkBytes, readableHighWaterMark: 1 } as object)
  let checksum = 0
  let size = 0
  for await (const chunk of method === stored ? raw : decompress(raw, create)) {
    checksum = crc32(chunk, checksum)
    size += chunk.length
    yield chunk
  }
  if (size !== uncompressedSize || checksum !== entry.crc32) {
    throw new LobError('LOB_BAD_FILE', `${path}: ${entry.fileName} does not match its checksum: the archive is damaged. Download it again.`, { file: path })
  }
}

async function findEntry(path: string, kind: 'message' | 'orderbook'): Promise<{ entry: Entry; start: number }> {
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(path, { autoClose: false })
    const found: Entry[] = []
    for await (const entry of zip.eachEntry()) {
      if (lobsterFileName(entry.fileName)?.kind === kind) found.push(entry)
    }
    const [entry] = found
    if (entry === undefined || found.length > 1) {
      throw new LobError('LOB_BAD_FILE', `${path}: expected one file named like GOOG_2012-06-21_34200000_57600000_${kind}_10.csv inside, found ${found.length}. Unpack it and pass the csv files.`, { file: path })
    }
    return { entry, start: await dataStart(zip, entry) }
  } finally {
    zip?.close()
  }
}

const dataStart = (zip: ZipFile, entry: Entry): Promise<number> =>
  new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) => (error ? reject(error) : resolve(header.fileDataStart)))
  })
