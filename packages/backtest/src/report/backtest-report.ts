import type { Evaluation } from '@rxlob/evaluation'
import { barFigure, bookHeatmap, formatNumber, htmlReport, intervalBars, lineFigure, waterfallFigure, type DataSource, type ReportBlock, type ReportColumn, type ReportSection } from '@rxlob/plots'
import type { BookPicture } from '../analysis/book-picture.js'
import type { CostAnalysis } from '../analysis/cost-analysis.js'
import type { QueueTruth } from '../analysis/queue-truth.js'
import type { RandomEntry } from '../analysis/random-entry.js'
import type { BacktestResult } from '../backtest-result.js'
import { roundTrips } from '../metrics/round-trips.js'
import { strategyCapacity } from '../metrics/strategy-capacity.js'
import { forecastSection } from './forecast-section.js'
import { histogram } from './histogram.js'
import { queueSection } from './queue-section.js'
import { gridBlock, type ReportGrid } from './report-grid.js'
import { resultInWords } from './result-in-words.js'

export interface BacktestReportOptions {
  /** What figures say they were drawn from. */
  readonly data: DataSource
  /** IANA zone of the time axes. Default `UTC`. */
  readonly timeZone?: string
  /** Runs to set beside it on the same page: baselines, other models, other costs. */
  readonly others?: readonly BacktestResult[]
  readonly randomEntry?: RandomEntry
  readonly costs?: CostAnalysis
  /** The forecasts behind it. */
  readonly evaluation?: Evaluation
  /** Nets by latency and fees, a strategy each. */
  readonly grids?: readonly ReportGrid[]
  /** Queue models against real fills. */
  readonly queues?: readonly QueueTruth[]
  /** A stretch of the book, on which the fills of the time are marked. */
  readonly book?: BookPicture
  /** Configurations tried in all. Default: the runs on the page. */
  readonly trials?: number
  /** Last line of the page. */
  readonly footer?: string
}

const number = (name: string, decimals?: number): ReportColumn => ({ name, align: 'number', ...(decimals !== undefined && { decimals }) })

/** A run as one self-contained page: what was found in words, then the curves, the costs and the trades behind it. */
export function backtestReport(result: BacktestResult, options: BacktestReportOptions): string {
  const { data, others = [] } = options
  const runs = [result, ...others]
  const sections: ReportSection[] = [
    { heading: 'What was found', blocks: [{ kind: 'text', text: resultInWords(result, options.trials ?? runs.length) }, ...fictions(runs)] },
    { heading: 'Profit and loss', blocks: curves(result, options) },
    { heading: 'Costs', blocks: [costFigure(result, data), ...shortfall(options.costs)] },
    { heading: 'Trades', blocks: [...trades(result, data), ...onTheBook(result, options)] },
    { heading: 'Comparison', blocks: [...comparison(runs, options), ...(options.grids ?? []).map((grid) => gridBlock(grid, result.currency, data))] },
    ...(options.evaluation === undefined ? [] : [{ heading: 'Forecasts', blocks: forecastSection(options.evaluation, data) }]),
    ...(options.queues === undefined ? [] : [{ heading: 'Queue models', blocks: queueSection(options.queues, data) }]),
    { heading: 'How it was run', blocks: [{ kind: 'facts', facts: facts(result) }] },
  ]
  return htmlReport({
    title: `Backtest: ${result.strategy}`,
    subtitle: `${data.name}, ${data.period}`,
    synthetic: data.synthetic,
    sections,
    ...(options.footer !== undefined && { footer: options.footer }),
  })
}

const fictions = (runs: readonly BacktestResult[]): ReportBlock[] =>
  runs.some(({ models }) => models.takerFills !== 'book')
    ? [{ kind: 'notice', tone: 'warning', text: 'Runs marked mid-fiction fill takers at the mid, which no venue does. They are here to show what that assumption is worth.' }]
    : []

function curves({ curve, currency }: BacktestResult, { data, timeZone = 'UTC' }: BacktestReportOptions): ReportBlock[] {
  let peak = 0
  const drawdown = curve.net.map((net) => {
    peak = Math.max(peak, net)
    return net - peak
  })
  const line = (yTitle: string, title: string, series: readonly { name: string; values: readonly number[] }[]): ReportBlock => ({
    kind: 'figure', figure: lineFigure({ x: curve.ts, series }, { data, yTitle, title, timeZone, references: [{ value: 0, label: 'nothing made' }] }),
  })
  const negated = (values: readonly number[]): number[] => values.map((value) => -value)
  return [
    line(`Profit, ${currency}`, 'Gross, net, and what lies between', [
      { name: 'net', values: curve.net }, { name: 'gross, at the mid', values: curve.gross }, { name: 'spread', values: negated(curve.spread) },
      { name: 'impact', values: negated(curve.impact) }, { name: 'fees', values: negated(curve.fees) },
    ]),
    line(`Below the highest equity, ${currency}`, 'Drawdown', [{ name: 'drawdown', values: drawdown }]),
    line(`Value held, ${currency}`, 'Exposure', [{ name: 'exposure', values: curve.exposure }]),
    ...rolling(curve.net, curve.ts, data, timeZone),
  ]
}

const rollingIntervals = 60

function rolling(net: readonly number[], ts: readonly number[], data: DataSource, timeZone: string): ReportBlock[] {
  const returns = net.slice(0, -1).map((value, row) => value - (row === 0 ? 0 : net[row - 1]!))
  if (returns.length < 2 * rollingIntervals) return []
  const values = returns.map((_, row) => {
    if (row + 1 < rollingIntervals) return NaN
    const window = returns.slice(row + 1 - rollingIntervals, row + 1)
    const mean = window.reduce((sum, value) => sum + value, 0) / window.length
    const variance = window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (window.length - 1)
    return variance > 0 ? mean / Math.sqrt(variance) : NaN
  })
  const figure = lineFigure(
    { x: ts.slice(0, values.length), series: [{ name: 'Sharpe ratio', values }] },
    { data, yTitle: 'Sharpe ratio an interval', title: `Sharpe ratio of the last ${rollingIntervals} intervals`, timeZone, references: [{ value: 0, label: '0' }], note: `Its standard error is about ${(1 / Math.sqrt(rollingIntervals)).toFixed(2)} throughout.` },
  )
  return [{ kind: 'figure', figure }]
}

function costFigure({ profitAndLoss: pnl, currency }: BacktestResult, data: DataSource): ReportBlock {
  return {
    kind: 'figure',
    figure: waterfallFigure(
      { start: { name: 'gross', value: pnl.gross }, steps: [{ name: 'spread', value: -pnl.spread }, { name: 'impact', value: -pnl.impact }, { name: 'fees', value: -pnl.fees }], end: 'net' },
      { data, yTitle: `Profit, ${currency}`, xTitle: 'From gross at the mid to net', title: 'Where the money went' },
    ),
  }
}

function shortfall(costs: CostAnalysis | undefined): ReportBlock[] {
  if (costs === undefined) return []
  const { total, orders, leftOut } = costs
  return [{
    kind: 'table',
    caption: `Implementation shortfall of ${orders.length.toLocaleString('en')} orders against the mid at the decision${leftOut > 0 ? ` (${leftOut.toLocaleString('en')} left out: refused or without a mid)` : ''}. Positive costs.`,
    columns: [{ name: 'Part' }, number('amount', 2)],
    rows: [
      ['delay, decision to arrival', total.delay], ['waiting, arrival to fill', total.waiting], ['spread', total.spread], ['impact', total.impact],
      ['fees', total.fees], ['opportunity, not filled', total.opportunity], ['total', total.total],
    ],
  }]
}

function trades({ fills, instruments, currency, summary, profitAndLoss }: BacktestResult, data: DataSource): ReportBlock[] {
  const nets = roundTrips(fills, instruments).map(({ net }) => net)
  const { edges, counts } = histogram(nets, 20)
  const { breakEven } = strategyCapacity(profitAndLoss)
  const blocks: ReportBlock[] = [{
    kind: 'facts',
    facts: [
      ['Fills', summary.fills], ['Of them as maker', summary.makerFills], ['Lots traded', summary.tradedLots], [`Turnover, ${currency}`, summary.turnover],
      ['Closed round trips', summary.roundTrips], ['Win rate, net of all costs', summary.winRate], ['Profit factor, net', summary.profitFactor],
      [`Mean net of a round trip, ${currency}`, summary.meanTripNet], ['Mean time held, s', summary.meanHoldingMicros / 1e6], ['Share of the time in the market', summary.exposure],
      ['Net a lot, ticks', summary.netTicksPerLot], ['Half spread paid a lot, ticks', summary.spreadTicksPerLot], ['Fee at which nothing is left, bps', summary.breakEvenFeeBps],
      ['Size at which impact eats all, times this', breakEven === Infinity ? 'not told: no impact was charged' : breakEven],
      [`Max drawdown, ${currency}`, summary.maxDrawdown], ['Max drawdown, s', summary.maxDrawdownMicros / 1e6],
    ],
  }]
  if (counts.length > 0) {
    const groups = counts.map((_, bin) => formatNumber(edges[bin]!, { digits: 2 }))
    blocks.push({ kind: 'figure', figure: barFigure({ groups, series: [{ name: 'round trips', values: counts }] }, { data, yTitle: 'Round trips', xTitle: `Net of a round trip, from, ${currency}`, title: 'Distribution of round trips' }) })
  }
  return blocks
}

/** Our fills where and when they were, on what the book showed. */
function onTheBook({ fills, instruments }: BacktestResult, { data, timeZone = 'UTC', book }: BacktestReportOptions): ReportBlock[] {
  const instrument = instruments[0]
  if (book === undefined || instrument === undefined) return []
  const [from, to] = [book.times[0]!, book.times.at(-1)!]
  const shown = fills.filter(({ tsExchange, instrument: id }) => tsExchange >= from && tsExchange <= to && id === instrument.id)
  const trades = {
    times: shown.map(({ tsExchange }) => tsExchange),
    prices: shown.map(({ ticks }) => ticks * instrument.tickSize),
    signedSizes: shown.map(({ side, lots }) => (side === 'buy' ? lots : -lots) * instrument.lotSize),
  }
  const figure = bookHeatmap({ ...book, trades }, { data, timeZone, priceUnit: instrument.quote, sizeUnit: instrument.contract === 'inverse' ? 'contracts' : instrument.base, title: 'Our fills on the book', tradeNames: ['We bought', 'We sold'] })
  return [{ kind: 'figure', figure }]
}

/** Net of every run over time, where they share a grid. */
function netCurves(runs: readonly BacktestResult[], data: DataSource, timeZone: string): ReportBlock[] {
  const { ts } = runs[0]!.curve
  const alike = runs.filter(({ curve }) => curve.ts.length === ts.length)
  if (alike.length < 2 || alike.length > 12) return []
  const figure = lineFigure(
    { x: ts, series: alike.map(({ strategy, models, curve }, at) => ({ name: `${at + 1}. ${strategy}${models.takerFills === 'book' ? '' : ' (fiction)'}, ${models.queue}, ${models.latency}`, values: curve.net })) },
    { data, yTitle: `Net, ${runs[0]!.currency}`, title: 'Net of every run', timeZone, references: [{ value: 0, label: 'no trade' }] },
  )
  return [{ kind: 'figure', figure }]
}

function comparison(runs: readonly BacktestResult[], { data, randomEntry, timeZone = 'UTC' }: BacktestReportOptions): ReportBlock[] {
  const blocks: ReportBlock[] = [...netCurves(runs, data, timeZone), {
    kind: 'table',
    caption: 'Runs on the same data. No trade makes 0.',
    columns: [{ name: 'Run' }, number('net', 2), number('gross', 2), number('spread', 2), number('impact', 2), number('fees', 2), number('fills', 0), number('break-even bps', 3), { name: 'Latency' }, { name: 'Queue' }, { name: 'Costs' }],
    rows: runs.map(({ strategy, models, profitAndLoss: pnl, summary }) => [
      models.takerFills === 'book' ? strategy : `${strategy} (${models.takerFills})`, pnl.net, pnl.gross, pnl.spread, pnl.impact, pnl.fees, summary.fills, summary.breakEvenFeeBps, models.latency, models.queue, models.cost,
    ]),
  }]
  if (randomEntry === undefined) return blocks
  const { net, mean, low, high, percentile, draws } = randomEntry
  const figure = intervalBars(
    { names: ['strategy', 'random entry'], values: [net, mean], low: [NaN, low], high: [NaN, high] },
    { data, xTitle: `Net of the closed round trips, ${runs[0]!.currency}`, emphasized: ['strategy'], intervalName: `middle 95 % of ${draws} draws`, decimals: 2, title: 'The same trades at random times', note: `${(100 * percentile).toFixed(1)} % of the draws made less than the strategy.` },
  )
  return [...blocks, { kind: 'figure', figure }]
}

function facts(result: BacktestResult): (readonly [string, string | number])[] {
  const { models, counts } = result
  const reasons = (counted: Readonly<Record<string, number>>): string => Object.entries(counted).map(([reason, count]) => `${reason} ${count}`).join(', ') || 'none'
  return [
    ['Sources', result.sources.join(', ')], ['First and last event', `${result.fromTime} to ${result.toTime}`], ['Latency', models.latency], ['Queue', models.queue], ['Costs', models.cost], ['Holding', models.carry],
    ['Taker fills', models.takerFills], ['Session end', models.sessionEnd], ['Clock set forward by, µs', result.clockOffsetMicros], ['Events', counts.events], ['Orders', counts.orders],
    ['Refused', reasons(counts.rejected)], ['Expired', reasons(counts.expired)], ['Signals', counts.signals], ['Predictions', counts.predictions], ['Predictions that were missing', counts.missingPredictions],
    ['Gaps', counts.gaps], ['Halts', counts.halts], ['Positions that could not be closed', counts.notFlattened], ['Events before their time', counts.negativeDelays], ['Times that went back', counts.timeReversals], ['Events later than allowed', counts.lateEvents],
  ]
}
