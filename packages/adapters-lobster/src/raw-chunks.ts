import { open } from 'node:fs/promises'

/**
 * The bytes of a file from `start` to before `end`, in chunks that are lent until the next one is asked for: they share one buffer.
 * Not a stream: the file is closed by the time that the reader's `return` settles, and nothing is read ahead. Read from the start, a pipe will do.
 */
export async function* rawChunks(path: string, chunkBytes: number, start: number = 0, end: number = Infinity): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path)
  try {
    const buffer = new Uint8Array(chunkBytes)
    for (let position = start; position < end; ) {
      const size = Math.min(chunkBytes, end - position)
      const { bytesRead } = await file.read(buffer, 0, size, start === 0 ? null : position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
