import { integerOption, isoTime, LobError, numberOption, type EventBatch, type Instrument, type InstrumentId, type Micros, type Source } from '@rxlob/core'
import type { BacktestResult } from '../backtest-result.js'
import type { ExecutionOptions } from '../execution-options.js'
import { tradingSummary } from '../metrics/trading-summary.js'
import { pessimisticQueue } from '../queue/pessimistic-queue.js'
import type { QueueModel } from '../queue/queue-model.js'
import { EventLoop } from './event-loop.js'
import type { Market } from './market.js'
import { SignalStage } from './signal-stage.js'

/** A strategy at work on sources that somebody else reads. */
export interface Run {
  readonly loop: EventLoop
  /** Every source has shown what it trades. */
  readonly ready: boolean
  /** Takes a batch in; returns the exchange time up to which all that happened is known. */
  take(batch: EventBatch): Micros
  /** Runs the timeline up to a time. */
  advance(until: Micros): Promise<void>
  /** The end of the data. */
  finish(): Promise<BacktestResult>
}

/** @throws {LobError} LOB_BAD_OPTION where options do not fit each other or the sources. */
export function openRun(options: ExecutionOptions, sources: readonly Source[], clockOffsetMicros: Micros): Run {
  const { strategy, latency, cost } = options
  const queue = queueOf(options, sources)
  const signals = signalsOf(options)
  const loop = new EventLoop({
    strategy,
    latency,
    cost,
    carry: options.carry,
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
  const seen = new Set<InstrumentId>()
  const advance = async (until: Micros): Promise<void> => {
    for (let pending = loop.run(until); pending !== undefined; pending = loop.run(until)) loop.resume(await pending.values)
  }
  return {
    loop,
    get ready() {
      return seen.size >= sources.length
    },
    take(batch) {
      seen.add(batch.instrument.id)
      return loop.take(batch)
    },
    advance,
    async finish() {
      await advance(Infinity)
      loop.finish()
      return resultOf(loop, { sources, queue, clockOffsetMicros, signals, options })
    },
  }
}

function queueOf({ queue }: ExecutionOptions, sources: readonly Source[]): QueueModel | 'fifo' {
  if (sources.length === 0) throw new LobError('LOB_BAD_OPTION', 'Option source: expected one source or more, got none.')
  const shallow = sources.find(({ supports }) => supports.book !== 'l3')
  if (queue === 'fifo' && shallow !== undefined) {
    throw new LobError('LOB_BAD_OPTION', `Option queue: fifo needs the orders of the book, ${shallow.name} shows ${shallow.supports.book}; use a queue model.`)
  }
  return queue ?? (shallow === undefined ? 'fifo' : pessimisticQueue())
}

function signalsOf({ features, predictor, signal, sample, labeler }: ExecutionOptions): SignalStage | undefined {
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
  readonly options: ExecutionOptions
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
    models: { latency: options.latency.name, queue: queue === 'fifo' ? 'fifo' : queue.name, cost: options.cost.name, carry: options.carry?.name ?? 'none', takerFills: options.takerFills ?? 'book', sessionEnd: options.sessionEnd ?? 'flat' },
    instruments,
    currency: instruments[0]?.settle ?? '',
    from: loop.firstTs,
    to: loop.lastTs,
    fromTime: Number.isNaN(loop.firstTs) ? '' : isoTime(loop.firstTs),
    toTime: Number.isNaN(loop.lastTs) ? '' : isoTime(loop.lastTs),
    clockOffsetMicros,
    profitAndLoss: { gross: total('gross'), spread: total('spread'), impact: total('impact'), fees: total('fees'), net: total('net') },
    carry: sum(({ carry }) => carry),
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
