import type { QueueTruth } from '@rxlob/backtest'
import { barFigure, gridHeatmap, type DataSource, type Figure } from '@rxlob/plots'
import { latencies, type Grid } from './grid.ts'

/** Figures of summaries alone: nothing in them tells the data. */
export function figures({ cells, long }: Pick<Grid, 'cells' | 'long'>, truths: readonly QueueTruth[], data: DataSource): Record<string, Figure> {
  const drawn: Record<string, Figure> = {}
  for (const strategy of new Set(cells.map((cell) => cell.strategy))) {
    const own = cells.filter((cell) => cell.strategy === strategy)
    const fees = [...new Set(own.map((cell) => cell.fees.name))]
    const most = Math.max(...own.map(({ net }) => Math.abs(net)))
    drawn[`${strategy.replaceAll('_', '-')}-latency-fees`] = gridHeatmap(
      { rows: latencies.map((millis) => `${millis} ms`), columns: fees, values: own.map(({ net }) => net), low: own.map(({ low }) => low), high: own.map(({ high }) => high) },
      { data, measure: `Net, ${long.currency}`, rowTitle: 'Latency each way', columnTitle: 'Fees', decimals: most < 1 ? 5 : most < 100 ? 2 : 0, title: `${strategy}: net by latency and fees` },
    )
  }
  if (truths.length > 0) {
    drawn['queue-models'] = barFigure(
      { groups: truths.map(({ queue }) => queue), series: [{ name: 'filled at the same message', values: truths.map(({ sameMessage, executed }) => (100 * sameMessage) / executed) }, { name: 'the same of orders that had others ahead', values: truths.map(({ queuedSameMessage, queuedExecuted }) => (100 * queuedSameMessage) / queuedExecuted) }] },
      { data, yTitle: 'Executed orders, %', xTitle: 'Queue model', title: 'Queue models against real fills' },
    )
  }
  return drawn
}
