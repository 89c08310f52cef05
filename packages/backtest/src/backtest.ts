import { batchesOf, LobError, mergeBatches, numberOption, type EventBatch, type Micros, type Source } from '@rxlob/core'
import type { BacktestResult } from './backtest-result.js'
import { openRun } from './engine/open-run.js'
import type { ExecutionOptions } from './execution-options.js'
import { estimateClockOffset } from './latency/estimate-clock-offset.js'

export interface BacktestOptions extends ExecutionOptions {
  /** A replay, or several on one clock. */
  readonly source: Source | readonly Source[]
  /** Added to `tsLocal` where the recorder's clock lags the venue's; `estimate` reads the source once before the run. Default 0. */
  readonly clockOffsetMicros?: Micros | 'estimate'
  readonly abort?: AbortSignal
  /** Called after each batch. */
  readonly onProgress?: (events: number, ts: Micros) => void
}

/**
 * Runs a strategy over recorded events as if its orders had been there.
 *
 * The venue's books move in exchange time and match our orders there; the strategy sees what has reached it by then and acts in
 * local time; orders and reports travel between with the latency model's delays. Takers walk the book and cannot take twice what it
 * shows once; makers wait in line. The market itself does not answer to our orders. The same inputs give the same bits.
 *
 * @throws {LobError} LOB_BAD_OPTION where options do not fit each other or the source, LOB_ORDER where the strategy throws, LOB_MODEL where
 *   the predictor does, and whatever the source throws.
 * @example
 * const result = await backtest({
 *   source, strategy: followSignal({ lots: 100 }), latency: constantLatency({ micros: 500 }), cost: squareRootCost({ feeBps: 0.3 }),
 *   features: [ofi()], predictor, signal: thresholdSignal(),
 * })
 */
export async function backtest(options: BacktestOptions): Promise<BacktestResult> {
  const sources = 'contract' in options.source ? [options.source] : options.source
  const { abort } = options
  const live = sources.find(({ supports }) => supports.timing === 'live')
  if (live !== undefined) throw new LobError('LOB_BAD_OPTION', `Option source: expected replays, ${live.name} is live; use paperTrade, or record it first.`)
  const run = openRun(options, sources, await offsetOf(options, sources))
  for await (const batch of batchesOfAll(sources, abort)) {
    const known = run.take(batch)
    // The first decision waits until every source has shown what it trades.
    if (run.ready) await run.advance(known)
    options.onProgress?.(run.loop.counts.events, known)
    if (abort?.aborted === true) break
  }
  return run.finish()
}

function batchesOfAll(sources: readonly Source[], abort: AbortSignal | undefined): AsyncIterable<EventBatch> {
  const open = (source: Source): AsyncIterable<EventBatch> => batchesOf(source, abort === undefined ? {} : { signal: abort })
  return sources.length === 1 ? open(sources[0]!) : mergeBatches(sources.map(open))
}

async function offsetOf({ clockOffsetMicros = 0 }: BacktestOptions, sources: readonly Source[]): Promise<Micros> {
  if (clockOffsetMicros !== 'estimate') return numberOption('clockOffsetMicros', clockOffsetMicros, -1e12, 1e12)
  let offset = 0
  for (const source of sources) offset = Math.max(offset, await estimateClockOffset(source))
  return offset
}
