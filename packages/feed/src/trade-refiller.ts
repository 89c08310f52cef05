import type { Micros } from '@rxlob/core'
import type { RefillSpec } from './live-source-spec.js'
import type { MissingRange } from './sequencer.js'
import { snapshotFetcher, type SnapshotFetcherOptions } from './snapshot-fetcher.js'

export interface TradeRefillerOptions<Raw> extends Omit<SnapshotFetcherOptions<Raw>, 'spec'> {
  readonly spec: RefillSpec<Raw>
  /** The trades were asked for in vain, time and again. */
  giveUp(symbol: string): void
  /** How long later trades may wait for the lost ones. Default 10 s. */
  readonly patienceMicros?: Micros
}

/** Fetches lost trades, one hole at a time a symbol. */
export interface TradeRefiller {
  want(symbol: string, missing: Required<MissingRange>): void
  stop(): void
}

/** Within the host's request weight, and not for ever: trades that wait are worth less each second. */
export function tradeRefiller<Raw>({ spec, giveUp, patienceMicros = 10_000_000, ...options }: TradeRefillerOptions<Raw>): TradeRefiller {
  const holes = new Map<string, Required<MissingRange>>()
  const deadlines = new Map<string, () => void>()
  function settled(symbol: string): void {
    deadlines.get(symbol)?.()
    deadlines.delete(symbol)
  }
  const fetcher = snapshotFetcher<Raw>({
    ...options,
    spec: { url: (symbol) => spec.url(symbol, holes.get(symbol)!), ...(spec.weight !== undefined && { weight: spec.weight }) },
    answer(symbol, body, tsLocal) {
      settled(symbol)
      options.answer(symbol, body, tsLocal)
    },
  })

  return {
    want(symbol, missing) {
      holes.set(symbol, missing)
      settled(symbol)
      deadlines.set(symbol, options.clock.after(patienceMicros, () => {
        deadlines.delete(symbol)
        fetcher.forget(symbol)
        giveUp(symbol)
      }))
      fetcher.want(symbol, 0)
    },
    stop() {
      for (const cancel of deadlines.values()) cancel()
      deadlines.clear()
      fetcher.stop()
    },
  }
}
