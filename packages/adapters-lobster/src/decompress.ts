import type { Transform } from 'node:stream'

/** A zlib stream: `bytesWritten` counts the input it has used up. */
export type Decompressor = Transform & { readonly bytesWritten: number }

/**
 * Chunks of the decompressed bytes, all that can be had of them before an error is thrown.
 *
 * Not a pipe, for two reasons: a destroyed stream throws away what it had decompressed but not handed out, and
 * Node's zstd stream ends silently at the end of the first of several frames.
 *
 * @param create Makes a stream with a `readableHighWaterMark` of 1: it then waits for each chunk to be taken.
 */
export async function* decompress(
  compressed: AsyncIterable<Uint8Array>,
  create: () => Decompressor,
): AsyncGenerator<Uint8Array, void, void> {
  let pump = pumpOf(create())
  try {
    for await (const piece of compressed) {
      let rest: Uint8Array = piece
      while (rest.length > 0) {
        const used = pump.stream.bytesWritten
        yield* pump.push(rest)
        // Input that is left over lies behind the end of a frame.
        rest = rest.subarray(pump.stream.bytesWritten - used)
        if (rest.length > 0) pump = pumpOf(create())
      }
    }
    yield* pump.push(undefined)
  } finally {
    pump.stream.destroy()
  }
}

interface Pump {
  readonly stream: Decompressor
  /** Feeds one piece, or the end, and yields what comes of it. */
  push(piece: Uint8Array | undefined): AsyncGenerator<Uint8Array, void, void>
}

function pumpOf(stream: Decompressor): Pump {
  let ended = false
  let failure: Error | undefined
  let awake = false
  let resume = (): void => {}
  const wake = (): void => {
    awake = true
    resume()
  }
  stream.on('readable', wake)
  stream.on('end', () => {
    ended = true
    wake()
  })
  stream.on('error', (error) => {
    failure = error
    wake()
  })
  return {
    stream,
    async *push(piece) {
      if (ended) return
      let fed = false
      const done = (error?: Error | null): void => {
        failure ??= error ?? undefined
        fed = piece !== undefined
        wake()
      }
      if (piece === undefined) stream.end(done)
      else stream.write(piece, done)
      for (;;) {
        awake = false
        for (let chunk = stream.read() as Uint8Array | null; chunk !== null; chunk = stream.read() as Uint8Array | null) yield chunk
        if (failure !== undefined) throw failure
        if (ended || (fed && stream.readableLength === 0)) return
        if (!awake) {
          await new Promise<void>((resolve) => {
            resume = resolve
          })
        }
      }
    },
  }
}
