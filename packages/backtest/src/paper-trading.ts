import { batchesOf, integerOption, LobError, numberOption, type Clock, type EventBatch, type Lots, type Micros, type OrderReport, type Source } from '@rxlob/core'
import type { BacktestResult } from './backtest-result.js'
import { openRun, type Run } from './engine/open-run.js'
import type { ExecutionOptions } from './execution-options.js'

export interface PaperTradingOptions extends ExecutionOptions {
  /** A live source; its times and the clock's are of one machine. */
  readonly source: Source
  /** Real time, or a virtual one in tests. */
  readonly clock: Clock
  /** Ends the session. Default: until `abort`, or the source ends. */
  readonly durationMicros?: Micros
  readonly abort?: AbortSignal
  /** Added to `tsLocal` where this machine's clock lags the venue's. Default 0. */
  readonly clockOffsetMicros?: Micros
  /** Pace at which the timeline is brought up to date, 1 or more. Default 100,000. */
  readonly stepMicros?: Micros
  /** Every report that reaches the strategy. */
  readonly onReport?: (report: OrderReport) => void
  /** At every step. */
  readonly onProgress?: (progress: PaperProgress) => void
}

export interface PaperProgress {
  readonly events: number
  readonly fills: number
  /** Net so far, positions at the last mid, settlement currency. */
  readonly net: number
  /** Signed lots of all instruments. */
  readonly position: Lots
}

/**
 * Runs a strategy over a live source as a backtest runs it over a replay: the same engine, execution models and result, no order leaves
 * the machine.
 *
 * Whether an order would have been filled is known only when what happened at the venue by then has been heard of. So the timeline is run
 * `maxFeedDelayMicros` behind the clock (default two seconds), in the times at which things happened and were seen: a session that is
 * recorded gives the same fills when it is replayed. Events that come later than that are counted and taken when they come.
 *
 * @throws {LobError} LOB_BAD_OPTION where options do not fit each other or the source, LOB_ORDER where the strategy throws, and whatever the
 *   source throws.
 */
export async function paperTrade(options: PaperTradingOptions): Promise<BacktestResult> {
  const { source, clock, abort, onReport, onProgress } = options
  if (source.supports.timing !== 'live') throw new LobError('LOB_BAD_OPTION', `Option source: expected a live one, ${source.name} is a replay; use backtest.`)
  const offset = numberOption('clockOffsetMicros', options.clockOffsetMicros ?? 0, -1e12, 1e12)
  const delay = numberOption('maxFeedDelayMicros', options.maxFeedDelayMicros ?? 2e6, 0, 1e12)
  const step = integerOption('stepMicros', options.stepMicros ?? 100_000, 1)
  const until = options.durationMicros === undefined ? Infinity : clock.now() + integerOption('durationMicros', options.durationMicros, 1)
  const { strategy } = options
  const heard = { ...strategy, onOrder: ((state, report, orders) => {
    onReport?.(report)
    strategy.onOrder?.(state, report, orders)
  }) satisfies typeof strategy.onOrder }
  const run = openRun({ ...options, strategy: heard }, [source], offset)
  const ending = new AbortController()
  const batches = batchesOf(source, { signal: abort === undefined ? ending.signal : AbortSignal.any([ending.signal, abort]) })[Symbol.asyncIterator]()
  try {
    let next = batches.next()
    for (;;) {
      const woken = await soonest(next, clock, step)
      if (woken !== undefined) {
        if (woken.done === true) break
        run.take(woken.value)
        next = batches.next()
      }
      if (run.ready) await run.advance(clock.now() + offset - delay)
      onProgress?.(progressOf(run))
      if (clock.now() >= until) break
    }
  } finally {
    ending.abort()
  }
  return run.finish()
}

/** The next batch, or undefined once a step has passed without one. */
async function soonest(next: Promise<IteratorResult<EventBatch>>, clock: Clock, step: Micros): Promise<IteratorResult<EventBatch> | undefined> {
  let cancel = (): void => {}
  const passed = new Promise<undefined>((resolve) => {
    cancel = clock.after(step, () => resolve(undefined))
  })
  try {
    return await Promise.race([next, passed])
  } finally {
    cancel()
  }
}

function progressOf({ loop }: Run): PaperProgress {
  let net = 0
  let position = 0
  for (const { ledger, mark } of loop.markets.values()) {
    net += ledger.equity(mark)
    position += ledger.position
  }
  return { events: loop.counts.events, fills: loop.record.fills.length, net, position }
}
