import type { Clock, Micros, Random } from '@rxlob/core'
import type { Budget } from './budget.js'
import type { SnapshotSpec } from './live-source-spec.js'
import { doubling, fullJitter } from './reconnect.js'

export interface SnapshotFetcherOptions<Raw> {
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof globalThis.fetch
  readonly weight: Budget
  readonly spec: SnapshotSpec<Raw>
  /** A whole answer. */
  answer(symbol: string, body: Uint8Array, tsLocal: Micros): void
  /** An attempt that came to nothing; it is tried again. */
  failed(symbol: string, reason: string): void
}

/** Fetches snapshots within the host's request weight, one at a time a symbol. */
export interface SnapshotFetcher {
  /** `attempt` counts snapshots that were too old, from 0: each waits longer. */
  want(symbol: string, attempt: number): void
  stop(): void
}

/** An answer takes longer than this only if it never comes. */
const answerMicros = 30_000_000
const maxBodyBytes = 32 * 2 ** 20
/** Where the venue says 418 or 429 and not how long. */
const defaultBanMicros = 120_000_000

/**
 * A failed request is tried again with full jitter; 429 and 418 stop every request to the host for as long as it says, and at least a second.
 *
 * @see https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md "IP Limits"
 */
export function snapshotFetcher<Raw>(options: SnapshotFetcherOptions<Raw>): SnapshotFetcher {
  const { clock, random, spec, weight } = options
  /** What to call to forget a wish that waits or runs. */
  const busy = new Map<string, () => void>()
  let stopped = false

  function later(symbol: string, micros: Micros, failures: number): void {
    const cancel = clock.after(micros, () => {
      const withdraw = weight.spend(spec.weight ?? 1, () => void run(symbol, failures))
      if (busy.has(symbol)) busy.set(symbol, withdraw)
    })
    busy.set(symbol, cancel)
  }

  async function run(symbol: string, failures: number): Promise<void> {
    const abort = new AbortController()
    const cancel = clock.after(answerMicros, () => abort.abort())
    busy.set(symbol, () => abort.abort())
    try {
      const response = await options.fetch(spec.url(symbol), { redirect: 'error', signal: abort.signal, ...(spec.headers && { headers: { ...spec.headers } }) })
      if (response.status === 429 || response.status === 418) weight.blockUntil(clock.now() + banMicros(response))
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
      const body = await wholeBody(response)
      if (stopped) return
      busy.delete(symbol)
      options.answer(symbol, body, clock.now())
    } catch (error) {
      if (stopped) return
      options.failed(symbol, abort.signal.aborted ? 'no answer in time' : String(error instanceof Error ? error.message : error))
      later(symbol, 100_000 + fullJitter(failures, random), failures + 1)
    } finally {
      cancel()
    }
  }

  return {
    want(symbol, attempt) {
      if (stopped || busy.has(symbol)) return
      later(symbol, doubling(attempt), 0)
    },
    stop() {
      stopped = true
      for (const cancel of busy.values()) cancel()
      busy.clear()
    },
  }
}

function banMicros(response: Response): Micros {
  const seconds = Number(response.headers.get('retry-after') ?? NaN)
  return Number.isFinite(seconds) ? Math.max(1, seconds) * 1_000_000 : defaultBanMicros
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
