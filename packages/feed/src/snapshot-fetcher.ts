import type { Clock, Micros, Random } from '@rxlob/core'
import type { Budget } from './budget.js'
import { heedBan } from './heed-ban.js'
import type { SnapshotSpec } from './live-source-spec.js'
import { fullJitter, politeCap } from './reconnect.js'

export interface SnapshotFetcherOptions<Raw> {
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof globalThis.fetch
  readonly weight: Budget
  readonly spec: Pick<SnapshotSpec<Raw>, 'url' | 'weight' | 'headers'>
  /** Reads a large answer beforehand: until it has, the request counts as under way. Gives the number of the snapshot in it. */
  prepare?(symbol: string, body: Uint8Array): Promise<number | undefined> | undefined
  /** A whole answer; `seq` where it was prepared. */
  answer(symbol: string, body: Uint8Array, tsLocal: Micros, seq?: number): void
  /** An attempt that came to nothing; it is tried again. */
  failed(symbol: string, reason: string): void
}

/** Fetches snapshots within the host's request weight, one at a time a symbol. */
export interface SnapshotFetcher {
  /** In so much time; a wish that still waits its time is moved up, one that runs is enough. */
  want(symbol: string, afterMicros: Micros): void
  /** Nobody waits for it any more. */
  forget(symbol: string): void
  stop(): void
}

interface Wish {
  /** When it will ask; in the past once it has. */
  due: Micros
  /** Forgets it, whether it waits its time, waits for the budget or runs. */
  cancel: () => void
}

/** An answer takes longer than this only if it never comes. */
const answerMicros = 30_000_000
const maxBodyBytes = 32 * 2 ** 20

/**
 * A failed request is tried again with full jitter; 429 and 418 stop every request to the host for as long as it says, and at least a second.
 *
 * @see https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md "IP Limits"
 */
export function snapshotFetcher<Raw>(options: SnapshotFetcherOptions<Raw>): SnapshotFetcher {
  const { clock, random, spec, weight } = options
  const wishes = new Map<string, Wish>()
  let stopped = false

  function later(symbol: string, micros: Micros, failures: number): void {
    const wish: Wish = { due: clock.now() + micros, cancel: () => {} }
    wishes.set(symbol, wish)
    const ask = (): void => {
      wish.due = -Infinity
      let runs = false
      const withdraw = weight.spend(spec.weight ?? 1, () => {
        runs = true
        void run(symbol, wish, failures)
      })
      if (!runs) wish.cancel = withdraw
    }
    if (micros > 0) wish.cancel = clock.after(micros, ask)
    else ask()
  }

  async function run(symbol: string, wish: Wish, failures: number): Promise<void> {
    const abort = new AbortController()
    const cancel = clock.after(answerMicros, () => abort.abort())
    wish.cancel = () => abort.abort()
    try {
      const response = await options.fetch(spec.url(symbol), { redirect: 'error', signal: abort.signal, ...(spec.headers && { headers: { ...spec.headers } }) })
      heedBan(response, weight, clock)
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
      const body = await wholeBody(response)
      const preparing = options.prepare?.(symbol, body)
      const seq = preparing === undefined ? undefined : await preparing
      if (stopped || wishes.get(symbol) !== wish) return
      wishes.delete(symbol)
      options.answer(symbol, body, clock.now(), seq)
    } catch (error) {
      if (stopped || wishes.get(symbol) !== wish) return
      options.failed(symbol, abort.signal.aborted ? 'no answer in time' : String(error instanceof Error ? error.message : error))
      later(symbol, 100_000 + fullJitter(failures, random, { capMicros: politeCap(wishes.size, weight.paceMicros(spec.weight ?? 1)) }), failures + 1)
    } finally {
      cancel()
    }
  }

  return {
    want(symbol, afterMicros) {
      if (stopped) return
      const known = wishes.get(symbol)
      if (known !== undefined && known.due <= clock.now() + afterMicros) return
      known?.cancel()
      later(symbol, afterMicros, 0)
    },
    forget(symbol) {
      wishes.get(symbol)?.cancel()
      wishes.delete(symbol)
    },
    stop() {
      stopped = true
      for (const { cancel } of wishes.values()) cancel()
      wishes.clear()
    },
  }
}

async function wholeBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length
    if (bytes > maxBodyBytes) throw new Error(`more than ${maxBodyBytes} bytes`)
    chunks.push(chunk as Uint8Array)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}
