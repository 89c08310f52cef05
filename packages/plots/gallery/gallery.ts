/**
 * Writes every figure in both themes as SVG and PNG, the awkward cases, and a report page, for looking at.
 *
 *   npm run gallery -w packages/plots            writes packages/plots/gallery/out/
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  attentionHeatmap, attributionBars, attributionSummary, attributionWaterfall, barFigure, bookHeatmap, confusionMatrix, correlationHeatmap, cumulativeAccuracy, type DataSource, type Figure, flowVersusMove, htmlReport, intervalBars, lineFigure,
  predictedVsActual, reliabilityDiagram,
} from '@rxlob/plots'
import { madeAttention, madeAttributions } from './made-explanation.ts'
import { opening, syntheticMarket } from './synthetic-market.ts'

const folder = fileURLToPath(new URL('./out/', import.meta.url))
const timeZone = 'America/New_York'
const data: DataSource = { name: 'ACME, a made-up day', period: '2012-06-21, 09:30–16:00 New York', synthetic: true }
const observed: DataSource = { ...data, name: 'ACME', synthetic: false }
const market = syntheticMarket(7)
const windows = ['1 s', '5 s', '10 s', '30 s', '60 s', '300 s']
const long = 'exponentially_weighted_order_flow_imbalance_of_the_best_ten_levels'
const bins = Array.from({ length: 10 }, (_, i) => (i + 0.5) / 10)
const curve = (name: string, bend: number, scale: number): Parameters<typeof reliabilityDiagram>[0][number] => {
  const counts = bins.map((p, i) => (i > 7 ? 0 : Math.round(scale * Math.exp(-(((p - 0.35) / 0.17) ** 2)))))
  const at = (p: number, i: number): number => (counts[i] === 0 ? Number.NaN : p)
  const observedAt = bins.map((p, i) => at(p + bend * (p - 0.5) * p, i))
  const margin = counts.map((count) => 1.96 * Math.sqrt(0.25 / count))
  return { name, predicted: bins.map((p, i) => at(p + bend * 0.08, i)), observed: observedAt, counts, low: observedAt.map((o, i) => Math.max(0, o - (margin[i] ?? 0))), high: observedAt.map((o, i) => Math.min(1, o + (margin[i] ?? 0))) }
}
const r2 = [0.41, 0.55, 0.62, 0.65, 0.66, 0.7]

const explained = madeAttributions(4)
const output = 'log odds of up'

const figures: Record<string, Figure> = {
  'attention-heatmap': attentionHeatmap(madeAttention(24), { data, measure: 'attention rollout', output }),
  'attribution-bars': attributionBars(explained, { data, output, measure: 'path-dependent SHAP' }),
  'attribution-summary': attributionSummary(explained, { data, output, measure: 'path-dependent SHAP' }),
  'attribution-waterfall': attributionWaterfall(explained.first, { data, output, most: 8 }),
  'book-heatmap': bookHeatmap({ ...market.book, trades: market.trades }, { data, timeZone, priceUnit: 'USD', sizeUnit: 'shares' }),
  'correlation-heatmap': correlationHeatmap(market.features, { data }),
  'predicted-vs-actual': predictedVsActual(market.forecasts, { data, timeZone, quantity: 'Change of the mid in 10 s (ticks)' }),
  'predicted-vs-actual-scatter': predictedVsActual({ predicted: market.forecasts.predicted, actual: market.forecasts.actual }, { data, quantity: 'Change of the mid in 10 s (ticks)' }),
  'confusion-matrix': confusionMatrix({ classes: ['down', 'flat', 'up'], counts: [3021, 2210, 1404, 1822, 3980, 1733, 1350, 2307, 2955] }, { data }),
  'reliability-diagram': reliabilityDiagram([curve('down', -0.25, 2600), curve('flat', 0.2, 1900), curve('up', 0.05, 2400)], { data }),
  'cumulative-accuracy': cumulativeAccuracy(market.scored, { data, timeZone }),
  'flow-versus-move': flowVersusMove({ flow: market.flow, move: market.move }, { data, flowUnit: 'shares', moveUnit: 'ticks', window: '10 s' }),
  'bar-figure': barFigure(
    {
      groups: windows,
      series: ['OFI', 'log-OFI', 'Trade imbalance', 'Size-increase imbalance', 'Integrated OFI, 10 levels'].map((name, rank) => {
        const values = r2.map((value) => value * [1, 1.08, 0.4, 0.12, 1.2][rank]!)
        return { name, values, low: values.map((value) => value - 0.03), high: values.map((value) => value + 0.03) }
      }),
    },
    { data, xTitle: 'Window', yTitle: 'R² of the change of the mid', title: 'What explains the mid, by window' },
  ),
  'interval-bars': intervalBars(
    {
      names: market.scored.forecasters.map(({ name }) => name),
      values: [0.462, 0.447, 0.401, 0.428, 0.385, 0.374],
      low: [0.452, 0.438, 0.39, 0.417, 0.376, 0.365],
      high: [0.471, 0.457, 0.412, 0.438, 0.394, 0.383],
    },
    { data, xTitle: 'Accuracy (share of forecasts)', title: 'Accuracy of each forecaster', emphasized: ['Bayesian logistic'], reference: { value: 0.374, label: 'Largest class share' } },
  ),
  'line-figure': lineFigure(
    {
      x: market.forecasts.times,
      series: [
        { name: 'AAPL', values: market.forecasts.predicted.map((value) => 14 + value / 3), low: market.forecasts.predicted.map((value) => 13 + value / 3), high: market.forecasts.predicted.map((value) => 15 + value / 3) },
        { name: 'GOOG', values: market.forecasts.predicted.map((value, i) => (i > 90 && i < 110 ? Number.NaN : 22 - value / 3)) },
      ],
    },
    { data, timeZone, yTitle: 'Spread (ticks)', references: [{ value: 17, label: 'Mean of the day' }] },
  ),
}

const many = Array.from({ length: 40 }, (_, i) => `${long}_${i}`)
const awkward: Record<string, Figure> = {
  'one-attribution': attributionSummary({ features: [long], values: [0.3], inputs: [2] }, { data: observed, output }),
  'long-waterfall': attributionWaterfall({ features: [long, `${long}_2`], values: [1e-4, -2e5], base: 0 }, { data: observed, output }),
  'no-data': confusionMatrix({ classes: [], counts: [] }, { data }),
  'long-names': intervalBars({ names: [long, `${long} after cancellations`], values: [0.4, 0.41], low: [0.39, 0.4], high: [0.41, 0.42] }, { data, xTitle: `Accuracy of a forecaster with quite a long title that may not fit on one line of a small page (share of forecasts)` }),
  'long-bars': barFigure({ groups: [long, `${long}_2`, `${long}_3`], series: [{ name: `${long} and more`, values: [1, -2, 3] }, { name: 'b', values: [2, 1, 0] }] }, { data: observed, xTitle: 'Feature', yTitle: 'Weight' }),
  'many-features': correlationHeatmap({ names: many, correlations: many.flatMap((_, i) => many.map((__, j) => Math.cos((i - j) / 3))) }, { data: observed }),
  'five-classes': confusionMatrix({ classes: ['strongly down', 'down', 'flat', 'up', 'strongly up'], counts: Array.from({ length: 25 }, (_, i) => (i * 7919) % 3001) }, { data: observed }),
  'one-point': flowVersusMove({ flow: [3], move: [2] }, { data: observed, flowUnit: 'shares', moveUnit: 'ticks', window: '1 s' }),
  constant: lineFigure({ x: [1, 2, 3], series: [{ name: 'mid', values: [585.33, 585.33, 585.33] }] }, { data: observed, xTitle: 'Row', yTitle: 'Mid (USD)' }),
  'one-snapshot': bookHeatmap({ times: [opening], prices: [100], sizes: [5] }, { data: observed, priceUnit: 'USD', sizeUnit: 'shares' }),
  'twelve-series': lineFigure({ x: Array.from({ length: 50 }, (_, i) => i), series: Array.from({ length: 12 }, (_, k) => ({ name: `forecaster ${k + 1}`, values: Array.from({ length: 50 }, (_, i) => Math.sin(i / 9 + k / 2) + k / 3) })) }, { data: observed, xTitle: 'Row', yTitle: 'Score (nats)' }),
  'tiny-numbers': flowVersusMove({ flow: market.flow.map((x) => x * 1e6), move: market.move.map((y) => y * 1e-7) }, { data: observed, flowUnit: 'lots', moveUnit: 'BTC', window: '10 s' }),
}

const report = htmlReport({
  title: 'Forecast of the next move: ACME',
  subtitle: '2012-06-21, 09:30–16:00 New York. Made by the gallery of @rxlob/plots.',
  sections: [
    {
      heading: 'Data',
      blocks: [
        { kind: 'text', text: 'A made-up day, drawn to show what a report looks like.\n\nNothing in it was observed, so no number below is a claim.' },
        { kind: 'facts', facts: [['Messages', 147916], ['SHA-256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'], ['Period', '2012-06-21 09:30:00.004241–16:00:00.000000 New York'], ['Levels', 10]] },
        { kind: 'figure', figure: figures['book-heatmap']! },
      ],
    },
    {
      heading: 'Features',
      blocks: [
        { kind: 'table', caption: 'Regressions of the change of the mid on order flow', columns: [{ name: 'Window' }, { name: 'Measure' }, { name: 'R²', align: 'number', decimals: 3 }, { name: 'Slope (ticks per share)', align: 'number', decimals: 6 }, { name: 'Intercept (ticks)', align: 'number', decimals: 3 }, { name: 'Windows', align: 'number', decimals: 0 }], rows: windows.map((name, i) => [name, 'OFI, best level', r2[i] ?? 0, i === 5 ? Number.NaN : 0.0087 - i * 0.001, 0.012 - i * 0.008, Math.round(23400 / Number.parseInt(name, 10))]) },
        { kind: 'figure', figure: figures['bar-figure']! },
        { kind: 'figure', figure: figures['flow-versus-move']! },
        { kind: 'figure', figure: figures['correlation-heatmap']! },
      ],
    },
    { heading: 'Explanation', blocks: ['attribution-summary', 'attribution-bars', 'attribution-waterfall', 'attention-heatmap'].map((name) => ({ kind: 'figure', figure: figures[name]! }) as const) },
    {
      heading: 'Forecast',
      blocks: [
        { kind: 'notice', tone: 'information', text: 'Intervals are block-bootstrap intervals over blocks of 300 s.' },
        ...['interval-bars', 'cumulative-accuracy', 'confusion-matrix', 'reliability-diagram', 'predicted-vs-actual', 'predicted-vs-actual-scatter', 'line-figure'].map((name) => ({ kind: 'figure', figure: figures[name]! }) as const),
        { kind: 'list', items: ['The model is ahead of every baseline in this made-up day.', 'That was arranged.'] },
      ],
    },
  ],
  footer: 'rxlob 0.1.0 · npm run gallery -w packages/plots',
})

mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}report.html`, report)
process.stdout.write(`report.html ${Math.round(report.length / 1024)} kB\n`)
for (const [name, figure] of Object.entries({ ...figures, ...awkward })) {
  for (const theme of ['light', 'dark'] as const) {
    const svg = figure.svg({ theme })
    writeFileSync(`${folder}${name}-${theme}.svg`, svg)
    writeFileSync(`${folder}${name}-${theme}.png`, await figure.png({ theme, scale: 1.25 }))
    if (theme === 'light') process.stdout.write(`${name} ${Math.round(svg.length / 1024)} kB\n`)
  }
}
