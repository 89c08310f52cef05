import { createHash } from 'node:crypto'

/** Chunks passed on, counted and hashed on the way. */
export interface Tally {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Of what has been read so far. Call once. */
  result(): { bytes: number; sha256: string }
}

export function tally(chunks: AsyncIterable<Uint8Array>): Tally {
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  return { chunks: counted(), result: () => ({ bytes, sha256: hash.digest('hex') }) }
}
