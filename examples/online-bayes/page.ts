import { htmlReport, lineFigure, type DataSource, type Figure } from '@rxlob/plots'
import { lossOver, trailingMean, type Phase } from './phases.ts'
import type { LearnerRun } from './run-learner.ts'

export interface Study {
  readonly data: DataSource
  readonly runs: readonly LearnerRun[]
  readonly phases: readonly Phase[]
  /** Move from which on the cue misleads. */
  readonly flip: number
  /** Chance that a move follows the cue, before and after. */
  readonly accuracies: readonly [before: number, after: number]
  readonly findings: readonly string[]
}

const smoothed = 100
/** Of the figures: enough before the change to see the calm, and enough after it to see it return. */
const [shownBefore, shownAfter] = [500, 1000]

export function drawFigures({ data, runs, flip, accuracies }: Study): Figure[] {
  const first = Math.max(0, flip - shownBefore)
  const last = Math.min(runs[0]!.losses.length, flip + shownAfter)
  const x = Array.from({ length: last - first }, (_, at) => first + at - flip)
  const cut = (values: readonly number[]): number[] => values.slice(first, last)
  const floor = -accuracies[0] * Math.log(accuracies[0]) - (1 - accuracies[0]) * Math.log(1 - accuracies[0])
  const xTitle = 'Moves of the mid since the change'
  return [
    lineFigure(
      { x, series: runs.map(({ name, losses }) => ({ name, values: cut(trailingMean(losses, smoothed)) })) },
      {
        data, xTitle, yTitle: `Log loss, mean of ${smoothed} moves (nats)`, title: 'What each learner lost',
        references: [{ value: floor, label: 'least possible' }, { value: Math.LN2, label: 'a coin' }],
      },
    ),
    lineFigure(
      {
        x,
        series: [
          ...runs.filter(({ deviation }) => deviation.some((value) => !Number.isNaN(value))).map(({ name, belief, deviation }) => {
            const mean = cut(belief)
            const reach = cut(deviation).map((value) => 1.96 * value)
            return { name, values: mean, low: mean.map((value, at) => value - reach[at]!), high: mean.map((value, at) => value + reach[at]!) }
          }),
          { name: 'truth', values: x.map((at) => accuracies[at < 0 ? 0 : 1]) },
        ],
      },
      { data, xTitle, yTitle: 'P(up) where the bid queue is the longer', title: 'What each learner believed, and how surely', intervalName: '95 % belief' },
    ),
  ]
}

export function page(study: Study, figures: readonly Figure[]): string {
  const { runs, phases, findings } = study
  return htmlReport({
    title: 'Learners at a change of the market',
    sections: [
      { heading: 'Findings', blocks: [{ kind: 'list', items: findings }] },
      {
        heading: 'Error',
        blocks: [
          {
            kind: 'table', caption: 'Mean log loss, nats a move',
            columns: [{ name: 'learner' }, ...phases.map(({ name }) => ({ name, align: 'number' as const, decimals: 4 }))],
            rows: runs.map((run) => [run.name, ...phases.map((phase) => lossOver(run, phase))]),
          },
          { kind: 'figure', figure: figures[0]! },
        ],
      },
      { heading: 'Uncertainty', blocks: [{ kind: 'figure', figure: figures[1]! }] },
    ],
  })
}
