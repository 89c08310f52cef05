import { columnOf, type LabelledFrame } from '@rxlob/core'
import { lineFigure } from '@rxlob/plots'

/** A few columns of one feature over the simulated market. */
export function featureFigure(frame: LabelledFrame, columns: readonly string[], unit: string, period: string): string {
  const series = columns.map((name) => ({ name, values: columnOf(frame, name) }))
  const figure = lineFigure({ x: frame.tsExchange, series }, { data: { name: 'Simulated market, seed 1', period, synthetic: true }, timeZone: 'America/New_York', yTitle: unit, plotHeight: 90, title: columns.join(', ') })
  return figure.svg({ width: 520, caption: false, theme: 'light' })
}
