import { barFigure, type DataSource, type ReportBlock } from '@rxlob/plots'
import type { QueueTruth } from '../analysis/queue-truth.js'

/** What each queue model says of orders whose fate is known. */
export function queueSection(truths: readonly QueueTruth[], data: DataSource): ReportBlock[] {
  const share = (part: number, of: number): number => (100 * part) / of
  const names = truths.map(({ queue }) => queue)
  return [
    {
      kind: 'figure',
      figure: barFigure(
        {
          groups: names,
          series: [
            { name: 'at the same message', values: truths.map(({ sameMessage, executed }) => share(sameMessage, executed)) },
            { name: 'before', values: truths.map(({ early, executed }) => share(early, executed)) },
            { name: 'not by then', values: truths.map(({ late, executed }) => share(late, executed)) },
          ],
        },
        { data, yTitle: 'Executed orders, %', xTitle: 'Queue model', title: 'When each model fills orders that were really filled', note: 'Every order of the data was put in the place of one of ours, its first fill told from the events of the others alone.' },
      ),
    },
    {
      kind: 'table',
      caption: 'Queue models against real fills',
      columns: [{ name: 'Queue' }, ...['executed', 'same message', 'early', 'late', 'had others ahead', 'of them same message', 'never executed', 'filled wrongly'].map((name) => ({ name, align: 'number' as const, decimals: 0 }))],
      rows: truths.map((truth) => [truth.queue, truth.executed, truth.sameMessage, truth.early, truth.late, truth.queuedExecuted, truth.queuedSameMessage, truth.neverExecuted, truth.falseFills]),
    },
  ]
}
