import { open, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import { integerOption, LobError, type Clock, type MarketEvent, type Micros } from '@rxlob/core'
import type { LiveSource } from './define-live-source.js'
import { systemClock } from './system-clock.js'
import type { WireItem } from './wire-item.js'
import { wireHeader, wireLine } from './wire-line.js'

export interface RecordOptions {
  /** How often what came is written: so much is lost at most when the process is killed. Default 1 s. */
  readonly flushMicros?: Micros
  /** Bytes of messages after which a new file begins, `name.0001.zst` and so on. Default 1 GiB. */
  readonly rotateBytes?: number
  /** Bytes that may wait for the disk; more ends the recording with LOB_SINK. Default 256 MiB. */
  readonly maxWaitingBytes?: number
  /** Gets the events of the recorded connections: to record and to use a venue need not cost two of them. */
  readonly onEvent?: (event: MarketEvent) => void
  /** For the flushes. Default the system's. */
  readonly clock?: Clock
}

/** A recording under way. */
export interface Recording {
  /** The files so far, in order: what `replay` takes. */
  readonly files: readonly string[]
  /** Settles when the recording has ended: after `stop`, or with the error that ended it. */
  readonly done: Promise<void>
  /** Writes what is left and closes the file. */
  stop(): Promise<void>
}

const pack = promisify(zstdCompress)
/** With a checksum: a damaged flush is found, not replayed. */
const compress = (text: Uint8Array): Promise<Uint8Array> => pack(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })

/**
 * Writes down everything that a live source receives, as it came and when: frames, snapshots, connections, and what its timers found.
 * Each flush is a zstd frame of its own, so a kill at any byte leaves a file that reads up to the last whole flush, with any zstd tool.
 *
 * @param file Name of the first file; `.zst` is added where it is missing. Files are never overwritten.
 * @throws {LobError} LOB_SINK (through `done`) where the file exists, cannot be written or the disk is too slow.
 */
export function record<Raw>(source: LiveSource<Raw>, file: string, options: RecordOptions = {}): Recording {
  const { flushMicros = 1_000_000, clock = systemClock() } = options
  const rotateBytes = integerOption('rotateBytes', options.rotateBytes ?? 2 ** 30, 1)
  const maxWaitingBytes = integerOption('maxWaitingBytes', options.maxWaitingBytes ?? 256 * 2 ** 20, 1)
  const base = file.replace(/\.zst$/, '')
  const files: string[] = []
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let fileBytes = 0
  let handle: FileHandle | undefined
  let ended = false
  let cancelFlush = (): void => {}
  /** Flushes follow one another: a file has its lines in their order. */
  let chain: Promise<void> = Promise.resolve()
  let settle: { resolve(): void; reject(error: unknown): void }
  const done = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  // Who only calls `stop` is told there.
  done.catch(() => {})

  async function write(lines: readonly Uint8Array[]): Promise<void> {
    if (handle === undefined || fileBytes >= rotateBytes) await rotate()
    const text = Buffer.concat(lines.flatMap((line) => [line, newline]))
    const packed = await compress(text)
    await handle!.appendFile(packed)
    fileBytes += text.length
  }

  async function rotate(): Promise<void> {
    await close()
    const name = files.length === 0 ? `${base}.zst` : `${base}.${String(files.length).padStart(4, '0')}.zst`
    handle = await open(name, 'wx')
    files.push(name)
    fileBytes = 0
    await handle.appendFile(await compress(Buffer.from(`${wireHeader} ${JSON.stringify({ source: source.name, symbols: source.spec.symbols, part: files.length - 1 })}\n`)))
  }

  async function close(): Promise<void> {
    const closing = handle
    handle = undefined
    await closing?.sync()
    await closing?.close()
  }

  /** The error that ended the recording matters more than one in closing its file. */
  async function closeThen(run: () => void): Promise<void> {
    try {
      await close()
    } catch {
      // Nothing more can be saved.
    }
    run()
  }

  function flush(): Promise<void> {
    const lines = waiting
    waiting = []
    if (lines.length > 0) {
      const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0)
      chain = chain.then(() => write(lines)).then(() => {
        waitingBytes -= bytes
      })
      chain.catch((error: unknown) => fail(error))
    }
    return chain
  }

  function beat(): void {
    void flush().catch(() => {})
    cancelFlush = clock.after(flushMicros, beat)
  }

  function take(item: WireItem): void {
    const line = wireLine(item)
    waiting.push(line)
    waitingBytes += line.length + 1
    if (waitingBytes > maxWaitingBytes) fail(new LobError('LOB_SINK', `${base}: ${waitingBytes} bytes wait for the disk; record fewer symbols or to a faster disk.`, { file: `${base}.zst` }))
  }

  function fail(error: unknown): void {
    if (ended) return
    ended = true
    cancelFlush()
    subscription.unsubscribe()
    const told = error instanceof LobError ? error : new LobError('LOB_SINK', `Expected to write a recording, got: ${error instanceof Error ? error.message : String(error)}.`, { file: files.at(-1) ?? `${base}.zst` }, { cause: error })
    void closeThen(() => settle.reject(told))
  }

  const subscription = source.wire(options.onEvent).subscribe({ next: take, error: fail })
  cancelFlush = clock.after(flushMicros, beat)

  return {
    files,
    done,
    async stop() {
      if (!ended) {
        subscription.unsubscribe()
        cancelFlush()
        try {
          await flush()
          await close()
          ended = true
          settle.resolve()
        } catch (error) {
          fail(error)
        }
      }
      await done
    },
  }
}

const newline = Uint8Array.of(10)
