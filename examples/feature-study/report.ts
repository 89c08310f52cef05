import { columnOf, type LabelledFrame } from '@rxlob/core'
import { correlationHeatmap, htmlReport, intervalBars, lineFigure, type DataSource, type Figure } from '@rxlob/plots'
import type { Placebo } from './placebo.ts'
import { correlation, paired, type PredictivePower } from './predictive-power.ts'

export interface Study {
  readonly data: DataSource
  readonly frame: LabelledFrame
  /** Best first. */
  readonly powers: readonly PredictivePower[]
  /** Columns without a power: too few values, or always the same. */
  readonly unfit: readonly string[]
  readonly chance: Placebo
  readonly horizons: readonly number[]
  readonly seconds: number
  readonly command: string
}

export function reportPage(study: Study): string {
  const { data, powers, unfit, chance, seconds, frame, command } = study
  const clear = powers.filter(({ r2 }) => r2.low > 0)
  const [best] = powers
  return htmlReport({
    title: 'What each feature says about the next move',
    subtitle: `${data.name}. ${data.period}. The mid ${seconds} s later, one row a second.`,
    synthetic: data.synthetic,
    sections: [
      {
        heading: 'In short',
        blocks: [
          {
            kind: 'list',
            items: [
              `${powers.length} columns were studied on ${frame.length} rows; ${clear.length} of them have an R2 on the later half whose 95% interval lies above 0.`,
              `The best is ${best!.name}: R2 ${best!.r2.value.toFixed(4)} [${best!.r2.low.toFixed(4)}, ${best!.r2.high.toFixed(4)}].`,
              `Where there is nothing to find (moves turned round by ${chance.shifts} parts of the day), the largest of all correlations is ${chance.correlation.toFixed(3)} and the largest information ${chance.bits.toFixed(4)} bits: what lies below says nothing.`,
              `An interval is of one column. With ${powers.length} columns about ${Math.round(powers.length * 0.025)} would lie above 0 by luck, if their R2 were 0; the R2 of a column that says nothing is a little below 0.`,
            ],
          },
          ...(data.synthetic ? [{ kind: 'notice', tone: 'warning', text: 'The market is simulated. The figures show how the study works; they say nothing about a real market.' } as const] : []),
        ],
      },
      {
        heading: 'Next window',
        blocks: [
          { kind: 'text', text: 'A line from the feature to the move, fitted on the first half of the rows and scored on the second against the mean move of the first. 0 is as good as that mean; below 0 is worse.' },
          { kind: 'figure', figure: bars(study) },
        ],
      },
      { heading: 'Decay', blocks: [{ kind: 'text', text: 'Correlation of the best columns with the move over longer and shorter windows.' }, { kind: 'figure', figure: decay(study) }] },
      { heading: 'How alike they are', blocks: [{ kind: 'text', text: 'Two columns that go together say one thing twice.' }, { kind: 'figure', figure: alike(study) }] },
      { heading: 'All columns', blocks: [table(study), ...(unfit.length > 0 ? [{ kind: 'text', text: `Without enough values on these data, or without a change: ${unfit.join(', ')}.` } as const] : [])] },
    ],
    footer: command,
  })
}

function bars({ data, powers, seconds }: Study): Figure {
  const shown = powers.slice(0, 16)
  return intervalBars(
    { names: shown.map(({ name }) => name), values: shown.map(({ r2 }) => r2.value), low: shown.map(({ r2 }) => r2.low), high: shown.map(({ r2 }) => r2.high) },
    { data, title: `The ${shown.length} columns that say most`, xTitle: `R2 of the move ${seconds} s later, second half`, decimals: 4, reference: { value: 0, label: 'mean move of the first half' } },
  )
}

function decay({ data, powers, horizons }: Study): Figure {
  const series = powers.slice(0, 5).map((power) => ({ name: power.name, values: power.decay }))
  return lineFigure({ x: horizons, series }, { data, title: 'Correlation with the move by horizon', xTitle: 'seconds ahead', yTitle: 'correlation', references: [{ value: 0, label: 'none' }] })
}

function alike({ data, powers, frame }: Study): Figure {
  const names = powers.slice(0, 12).map(({ name }) => name)
  const columns = names.map((name) => columnOf(frame, name))
  return correlationHeatmap({ names, correlations: columns.flatMap((one) => columns.map((other) => correlation(...paired(one, other)))) }, { data, title: 'Correlation of the twelve best columns' })
}

function table({ powers, seconds }: Study): { readonly kind: 'table'; caption: string; columns: { name: string; align?: 'number'; decimals?: number }[]; rows: (string | number)[][] } {
  const number = (name: string, decimals: number): { name: string; align: 'number'; decimals: number } => ({ name, align: 'number', decimals })
  return {
    kind: 'table',
    caption: `Power of every column over ${seconds} s, best first; intervals of 95% by blocks of ${10 * seconds} s`,
    columns: [{ name: 'column' }, { name: 'unit' }, number('rows', 0), number('R2 later half', 4), number('low', 4), number('high', 4), number('correlation', 3), number('low', 3), number('high', 3), number('information, bits', 4)],
    rows: powers.map(({ name, unit, rows, r2, correlation: c, bits }) => [name, unit, rows, r2.value, r2.low, r2.high, c.value, c.low, c.high, bits]),
  }
}
