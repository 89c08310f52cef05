import { seededRandom } from '@rxlob/core'
import type { Figure } from '../src/figure.js'
import type { DataSource } from '../src/figure-options.js'
import {
  attentionHeatmap, attributionBars, attributionSummary, attributionWaterfall, barFigure, bookHeatmap, confusionMatrix, correlationHeatmap, cumulativeAccuracy, flowVersusMove, gridHeatmap, intervalBars, lineFigure, predictedVsActual, reliabilityDiagram, waterfallFigure,
} from '../src/index.js'

export const synthetic: DataSource = { name: 'ACME, a made-up day', period: '2012-06-21, 09:30-16:00 New York', synthetic: true }
export const observed: DataSource = { ...synthetic, name: 'ACME', synthetic: false }
/** 2012-06-21 13:30 UTC, 09:30 in New York. */
export const opening = 1_340_285_400_000_000

const long = 'exponentially_weighted_order_flow_imbalance_of_the_best_ten_levels'

/** One of each figure, plain and with the longest names and most series it takes. */
export function everyFigure(data: DataSource): Record<string, Figure> {
  const random = seededRandom(3)
  const list = (length: number): number[] => Array.from({ length }, () => random() - 0.4)
  const times = Array.from({ length: 40 }, (_, i) => opening + i * 7e6)
  const names = Array.from({ length: 17 }, (_, i) => (i % 2 === 0 ? `${long}_${i}` : `ofi_${i}`))
  const twelve = Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? `${long}_${i}` : `forecaster ${i}`))
  const probabilities = [0.05, 0.3, 0.5, 0.9]
  return {
    attentionHeatmap: attentionHeatmap({ tokens: names, weights: names.flatMap((_, i) => names.map((__, j) => (j <= i ? 1 / (i + 1) : 0))), masking: list(17) }, { data, measure: 'attention rollout' }),
    attributionBars: attributionBars({ features: names, values: list(17 * 40) }, { data, output: 'log odds of up', most: 8 }),
    attributionSummary: attributionSummary({ features: names, values: list(17 * 900), inputs: list(17 * 900).map((x, i) => (i % 7 === 0 ? Number.NaN : x)) }, { data, output: 'log odds of up' }),
    attributionWaterfall: attributionWaterfall({ features: names, values: list(17), inputs: list(17), base: -1.5 }, { data, output: 'log odds of up' }),
    bookHeatmap: bookHeatmap(
      {
        times, prices: [99.98, 99.99, 100, 100.01], sizes: Array.from({ length: 160 }, (_, i) => (i % 11 === 0 ? Number.NaN : i * 37)), mid: times.map((_, i) => 99.99 + (i % 3) / 200),
        trades: { times: times.slice(0, 5), prices: [99.99, 100, 99.98, 100.01, 100], signedSizes: [10, -20, 30, -5, 1] },
      },
      { data, timeZone: 'America/New_York', priceUnit: 'USD', sizeUnit: 'shares' },
    ),
    correlationHeatmap: correlationHeatmap({ names, correlations: names.flatMap((_, i) => names.map((__, j) => Math.cos(i - j))) }, { data }),
    confusionMatrix: confusionMatrix({ classes: [`${long} goes down`, 'flat', `${long} goes up`], counts: [50, 20, 3, 8, 90, 7, 1, 22, 1_234_567] }, { data }),
    reliabilityDiagram: reliabilityDiagram(
      twelve.map((name) => ({ name, predicted: probabilities, observed: [0.1, 0.25, 0.55, 0.8], counts: [10, 2000, 1500, 3], low: [0, 0.2, 0.5, 0.4], high: [0.3, 0.3, 0.6, 1] })),
      { data },
    ),
    cumulativeAccuracy: cumulativeAccuracy({ times, forecasters: twelve.map((name) => ({ name, correct: list(40).map((x) => Number(x > 0)) })) }, { data }),
    flowVersusMove: flowVersusMove({ flow: list(60), move: list(60) }, { data, flowUnit: 'shares', moveUnit: 'ticks', window: '10 s' }),
    predictedOverTime: predictedVsActual({ times, predicted: list(40), actual: list(40), low: list(40).map((x) => x - 2), high: list(40).map((x) => x + 2) }, { data, quantity: `Change of ${long} in 10 s (ticks)` }),
    predictedAgainstActual: predictedVsActual({ predicted: list(40), actual: list(40) }, { data, quantity: 'Change of the mid in 10 s (ticks)' }),
    lineFigure: lineFigure(
      { x: list(9).map((_, i) => i), series: twelve.map((name) => ({ name, values: list(9), low: list(9).map((x) => x - 1), high: list(9).map((x) => x + 1) })) },
      { data, xTitle: 'Row', yTitle: `${long} (ticks)`, references: [{ value: 0, label: 'No move' }] },
    ),
    barFigure: barFigure({ groups: names, series: twelve.slice(0, 3).map((name) => ({ name, values: list(17), low: list(17), high: list(17) })) }, { data, xTitle: 'Feature', yTitle: 'Weight (nats)' }),
    gridHeatmap: gridHeatmap(
      { rows: twelve, columns: ['none', long, 'retail'], values: list(36).map((x) => x * 1000), low: list(36), high: list(36) },
      { data, measure: 'Net (USD)', rowTitle: 'Latency each way', columnTitle: 'Fees' },
    ),
    waterfallFigure: waterfallFigure({ start: { name: 'gross', value: 12.5 }, steps: [{ name: long, value: -30 }, { name: 'impact', value: 0 }, { name: 'rebates', value: 4.2 }], end: 'net' }, { data, yTitle: 'Profit (USD)', xTitle: 'From gross to net' }),
    intervalBars: intervalBars(
      { names: twelve, values: list(12), low: list(12).map((x) => x - 1), high: list(12).map((x) => x + 1) },
      { data, xTitle: 'Accuracy (share of forecasts)', emphasized: ['forecaster 1'], reference: { value: 0.1, label: 'Largest class share' } },
    ),
  }
}
