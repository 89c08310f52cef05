import { batchesOf, integerOption, isoTime, LobError, mergeBatches, numberOption, type CostModel, type EventBatch, type Feature, type Instrument, type InstrumentId, type Labeler, type LatencyModel, type Lots, type Micros, type Predictor, type Sampler, type SignalRule, type Source, type Strategy } from '@rxlob/core'
import type { BacktestResult } from './backtest-result.js'
import { EventLoop } from './engine/event-loop.js'
import type { Market } from './engine/market.js'
import { SignalStage } from './engine/signal-stage.js'
import { estimateClockOffset } from './latency/estimate-clock-offset.js'
import { tradingSummary } from './metrics/trading-summary.js'
import { pessimisticQueue } from './queue/pessimistic-queue.js'
import type { QueueModel } from './queue/queue-model.js'

export interface BacktestOptions {
  /** A replay, or several on one clock. */
  readonly source: Source | readonly Source[]
  readonly strategy: Strategy
  readonly latency: LatencyModel
  readonly cost: CostModel
  /** What the predictor reads; with `predictor` and `signal`, or none of the three. */
  readonly features?: readonly Feature[]
  readonly predictor?: Predictor
  readonly signal?: SignalRule
  /** With a predictor that learns (`OnlineLearner`): each row is predicted first and learned once its label is known. */
  readonly labeler?: Labeler
  /** Which ticks become rows of features. Default every one. */
  readonly sample?: Sampler
  /** How our place in a queue is told. Default: `fifo`, exact, where the source shows orders; else the pessimistic model. */
  readonly queue?: QueueModel | 'fifo'
  /** `flat` closes every position at a session's end by a market order into the last book; `carry` keeps it. Default `flat`. */
  readonly sessionEnd?: 'flat' | 'carry'
  /** What a taker gets. `mid-fiction` fills everything at the mid, which no venue does: for comparison alone. Default `book`. */
  readonly takerFills?: 'book' | 'mid-fiction'
  /** Added to `tsLocal` where the recorder's clock lags the venue's; `estimate` reads the source once before the run. Default 0. */
  readonly clockOffsetMicros?: Micros | 'estimate'
  /** Longest delay of the feed: events may come so much later than others that happened before them. Default 2,000,000. */
  readonly maxFeedDelayMicros?: Micros
  /** Orders of more lots are refused. Default 1,000,000,000. */
  readonly maxOrderLots?: Lots
  /** Orders that could take a position beyond it are refused. Default Infinity. */
  readonly maxPositionLots?: Lots
  /** Grid of the equity curve and of the returns of the Sharpe ratio. Default one minute. */
  readonly intervalMicros?: Micros
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
  const { strategy, latency, cost, abort } = options
  const queue = queueOf(options, sources)
  const clockOffsetMicros = await offsetOf(options, sources)
  const signals = signalsOf(options)
  const loop = new EventLoop({
    strategy,
    latency,
    cost,
    queue,
    signals,
    clockOffsetMicros,
    sessionEnd: options.sessionEnd ?? 'flat',
    takerFills: options.takerFills ?? 'book',
    maxFeedDelayMicros: numberOption('maxFeedDelayMicros', options.maxFeedDelayMicros ?? 2e6, 0, 1e12),
    maxOrderLots: numberOption('maxOrderLots', options.maxOrderLots ?? 1e9, 1, Number.MAX_SAFE_INTEGER),
    maxPositionLots: numberOption('maxPositionLots', options.maxPositionLots ?? Infinity, 0, Infinity),
    intervalMicros: integerOption('intervalMicros', options.intervalMicros ?? 60e6, 1),
  })
  const advance = async (until: Micros): Promise<void> => {
    for (let pending = loop.run(until); pending !== undefined; pending = loop.run(until)) loop.resume(await pending.values)
  }
  const seen = new Set<InstrumentId>()
  for await (const batch of batchesOfAll(sources, abort)) {
    const known = loop.take(batch)
    seen.add(batch.instrument.id)
    // The first decision waits until every source has shown what it trades.
    if (seen.size >= sources.length) await advance(known)
    options.onProgress?.(loop.counts.events, known)
    if (abort?.aborted === true) break
  }
  await advance(Infinity)
  loop.finish()
  return resultOf(loop, { sources, queue, clockOffsetMicros, signals, options })
}

function batchesOfAll(sources: readonly Source[], abort: AbortSignal | undefined): AsyncIterable<EventBatch> {
  const open = (source: Source): AsyncIterable<EventBatch> => batchesOf(source, abort === undefined ? {} : { signal: abort })
  return sources.length === 1 ? open(sources[0]!) : mergeBatches(sources.map(open))
}

function queueOf({ queue }: BacktestOptions, sources: readonly Source[]): QueueModel | 'fifo' {
  if (sources.length === 0) throw new LobError('LOB_BAD_OPTION', 'Option source: expected one source or more, got none.')
  const shallow = sources.find(({ supports }) => supports.book !== 'l3')
  const live = sources.find(({ supports }) => supports.timing === 'live')
  if (live !== undefined) throw new LobError('LOB_BAD_OPTION', `Option source: expected replays, ${live.name} is live; record it first.`)
  if (queue === 'fifo' && shallow !== undefined) {
    throw new LobError('LOB_BAD_OPTION', `Option queue: fifo needs the orders of the book, ${shallow.name} shows ${shallow.supports.book}; use a queue model.`)
  }
  return queue ?? (shallow === undefined ? 'fifo' : pessimisticQueue())
}

async function offsetOf({ clockOffsetMicros = 0 }: BacktestOptions, sources: readonly Source[]): Promise<Micros> {
  if (clockOffsetMicros !== 'estimate') return numberOption('clockOffsetMicros', clockOffsetMicros, -1e12, 1e12)
  let offset = 0
  for (const source of sources) offset = Math.max(offset, await estimateClockOffset(source))
  return offset
}

function signalsOf({ features, predictor, signal, sample, labeler }: BacktestOptions): SignalStage | undefined {
  if (features === undefined && predictor === undefined && signal === undefined) return undefined
  if (features === undefined || predictor === undefined || signal === undefined) {
    throw new LobError('LOB_BAD_OPTION', 'Options features, predictor and signal: expected all three or none of them.')
  }
  return new SignalStage({ features, predictor, signal, ...(sample !== undefined && { sample }), ...(labeler !== undefined && { labeler }) })
}

interface Context {
  readonly sources: readonly Source[]
  readonly queue: QueueModel | 'fifo'
  readonly clockOffsetMicros: Micros
  readonly signals: SignalStage | undefined
  readonly options: BacktestOptions
}

function resultOf(loop: EventLoop, { sources, queue, clockOffsetMicros, signals, options }: Context): BacktestResult {
  const markets = [...loop.markets.values()]
  const instruments: Instrument[] = markets.map(({ tracker }) => tracker.instrument)
  const currencies = new Set(instruments.map(({ settle }) => settle))
  if (currencies.size > 1) throw new LobError('LOB_BAD_OPTION', `backtest: the instruments settle in ${[...currencies].join(', ')}; run those of one currency together.`)
  const { curve, maxDrawdown, maxDrawdownMicros, exposedMicros } = loop.equity
  const { fills, rejected, expired } = loop.record
  const orders = loop.record.orderRecords()
  const last = curve.ts.length - 1
  const total = (name: 'gross' | 'spread' | 'impact' | 'fees' | 'net'): number => curve[name][last] ?? 0
  const sum = (count: (market: Market) => number): number => markets.reduce((all, market) => all + count(market), 0)
  return {
    strategy: options.strategy.name,
    sources: sources.map(({ name }) => name),
    models: { latency: options.latency.name, queue: queue === 'fifo' ? 'fifo' : queue.name, cost: options.cost.name, takerFills: options.takerFills ?? 'book', sessionEnd: options.sessionEnd ?? 'flat' },
    instruments,
    currency: instruments[0]?.settle ?? '',
    from: loop.firstTs,
    to: loop.lastTs,
    fromTime: Number.isNaN(loop.firstTs) ? '' : isoTime(loop.firstTs),
    toTime: Number.isNaN(loop.lastTs) ? '' : isoTime(loop.lastTs),
    clockOffsetMicros,
    profitAndLoss: { gross: total('gross'), spread: total('spread'), impact: total('impact'), fees: total('fees'), net: total('net') },
    liquidationNet: sum(({ ledger, bid, ask }) => ledger.equity(ledger.position > 0 ? bid : ask)),
    positions: markets.map(({ tracker, ledger, mark }) => ({ instrument: tracker.instrument.id, lots: ledger.position, markTicks: mark })),
    summary: tradingSummary({
      fills, instruments, curve, maxDrawdown, maxDrawdownMicros, exposedMicros,
      turnover: sum(({ ledger }) => ledger.tradedNotional),
      durationMicros: loop.lastTs - loop.firstTs,
    }),
    counts: {
      ...loop.counts,
      gaps: sum(({ counts }) => counts.gaps),
      halts: sum(({ counts }) => counts.halts),
      sessions: sum(({ counts }) => counts.sessions),
      notFlattened: sum(({ counts }) => counts.notFlattened),
      predictions: signals?.counts.predictions ?? 0,
      missingPredictions: signals?.counts.missing ?? 0,
      orders: orders.length,
      rejected,
      expired,
    },
    curve,
    orders,
    fills,
  }
}
