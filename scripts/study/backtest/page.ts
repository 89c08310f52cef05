import type { QueueTruth } from '@rxlob/backtest'
import type { DataSet } from './data-sets.ts'
import type { Cell, Grid } from './grid.ts'

export interface Findings {
  readonly set: DataSet
  readonly grid: Grid
  readonly truths: readonly QueueTruth[]
  readonly events: number
  readonly hash: string
  readonly date: string
  readonly cpuSeconds: number
}

/** The dated report of one data set, Markdown. */
export function page({ set, grid, truths, events, hash, date, cpuSeconds }: Findings): string {
  const { long, cells, queues, takerLots, makerLots, runs, clockOffsetMicros } = grid
  const decimals = Math.abs(Math.max(...cells.map(({ gross }) => Math.abs(gross)))) < 1 ? 6 : Math.max(...cells.map(({ gross }) => Math.abs(gross))) < 100 ? 2 : 0
  const money = (value: number): string => value.toFixed(decimals)
  const row = (cell: Cell): string => `| ${[
    cell.strategy, cell.queue, cell.latencyMillis, `${cell.fees.makerBps} / ${cell.fees.takerBps}`, money(cell.gross), money(cell.spread), money(cell.impact), money(cell.paidFees), money(cell.net), `${money(cell.low)} to ${money(cell.high)}`,
    cell.fills, cell.fills === 0 ? '-' : `${(100 * cell.makerShare).toFixed(0)} %`, number(cell.netTicksPerLot, 2), number(cell.halfSpreadTicks, 2), number(cell.breakEvenBps, 3),
    cell.random === undefined ? '-' : money(cell.random.mean), cell.random === undefined ? '-' : cell.random.percentile.toFixed(3),
  ].join(' | ')} |`
  const head = [
    '| strategy | queue | latency, ms | fees maker/taker, bps | gross | spread | impact | fees | net | 95 % of net | fills | maker | net, ticks a lot | half spread paid, ticks a lot | break-even, bps | random entry, mean | percentile |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
  ]
  return [
    `# Backtests: ${set.name}`,
    '',
    `${set.synthetic ? 'SYNTHETIC DATA. ' : ''}${events.toLocaleString('en')} events, ${long.fromTime} to ${long.toTime}. SHA-256 of the event columns \`${hash}\`. Made on ${date} by \`npm run study:backtest\`.${clockOffsetMicros > 0 ? ` The recorder's clock lagged the venue's: it is set forward by ${clockOffsetMicros.toLocaleString('en')} µs, estimated from the data, so that nothing arrives before it happened.` : ''}`,
    '',
    `${set.note} ${runs} runs were made and all are shown. Net in ${long.currency}; the imbalance rule holds ${takerLots.toLocaleString('en')} lots and is decided anew each second, the market maker quotes ${makerLots.toLocaleString('en')} and holds at most ${(5 * makerLots).toLocaleString('en')}; closed at the end at the touch. Latency is each way. Intervals: 95 %, stationary bootstrap of returns of ${set.intervalMicros / 1e6} s in blocks of ${set.meanBlock} on average. The break-even fee is what each side could cost, in basis points of the value, before nothing is left. Random entry: the same round trips (direction, size, time held) at random times, at the touch, 1,000 draws, compared without fees, which both would pay; the percentile is the share of draws that made less.`,
    '',
    verdict(cells),
    '',
    ...head,
    ...cells.map(row),
    '',
    `No trade makes 0. Always long (${takerLots.toLocaleString('en')} lots from the first book to the last, 1 ms, no fees) made ${money(long.profitAndLoss.net)}.`,
    '',
    ...(queues.length === 0 ? [] : ['## Beliefs about the queue', '', 'The market maker at 1 ms without fees; places in the queue are estimates on data without orders.', '', ...head, ...queues.map(row), '']),
    ...(truths.length === 0 ? [] : truthTable(truths)),
    '## Speed',
    '',
    `The market maker, 1 ms, from batches in memory: ${cpuSeconds.toFixed(3)} s of CPU time, best of six, ${(events / cpuSeconds / 1e6).toFixed(2)} M events a second.`,
    '',
  ].join('\n')
}

const number = (value: number, decimals: number): string => (Number.isNaN(value) ? '-' : value.toFixed(decimals))

/** What the grid shows, said from the numbers. */
function verdict(cells: readonly Cell[]): string {
  const said = [...new Set(cells.map(({ strategy }) => strategy))].map((strategy) => {
    const own = cells.filter((cell) => cell.strategy === strategy)
    const [best] = own.toSorted((a, b) => b.net - a.net)
    const above = own.filter(({ low }) => low > 0).length
    const below = own.filter(({ high }) => high < 0).length
    return `${strategy}: the interval lies above 0 in ${above} of ${own.length} cells and below 0 in ${below}; the best cell is ${best!.latencyMillis} ms with fees "${best!.fees.name}", the best of ${own.length} tried`
  })
  return `**${said.join('. ')}.**`
}

const truthTable = (truths: readonly QueueTruth[]): string[] => [
  '## Queue places against real fills',
  '',
  'Every order whose level stayed in view from its arrival to its first fill was put in the place of one of ours and its first fill decided from the others\' events alone.',
  '',
  '| queue | executed orders | same message | share | of those with a queue ahead | share | early | late | never executed | filled wrongly |',
  '|---|---|---|---|---|---|---|---|---|---|',
  ...truths.map((truth) => `| ${[truth.queue, truth.executed, truth.sameMessage, (truth.sameMessage / truth.executed).toFixed(4), truth.queuedExecuted, (truth.queuedSameMessage / truth.queuedExecuted).toFixed(4), truth.early, truth.late, truth.neverExecuted, truth.falseFills].join(' | ')} |`),
  '',
]
