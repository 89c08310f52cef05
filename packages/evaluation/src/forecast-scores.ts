import { bootstrapSums, type BootstrapSample } from './bootstrap/bootstrap-sums.js'
import type { BootstrapOptions } from './bootstrap/stationary-blocks.js'
import { accuracy } from './metrics/classification/accuracy.js'
import { balancedAccuracy } from './metrics/classification/balanced-accuracy.js'
import { macroF1 } from './metrics/classification/macro-f1.js'
import { matthewsCorrelation } from './metrics/classification/matthews-correlation.js'
import { brierLoss } from './metrics/probability/brier-score.js'
import { logLoss } from './metrics/probability/negative-log-likelihood.js'
import { widthBin } from './metrics/probability/reliability-bins.js'
import type { Forecast, PrequentialResult } from './prequential.js'

/** Scores of a report, in the order of the columns of `forecastDraws`. */
export const forecastScores = ['accuracy', 'macroF1', 'mcc', 'balancedAccuracy', 'nll', 'brier', 'ece'] as const

export type ForecastScore = (typeof forecastScores)[number]

/**
 * Every score of one forecast on the run's rows and on each bootstrap resample of them. Equal options resample equal rows,
 * so draws of several forecasts may be paired.
 */
export function forecastDraws(run: PrequentialResult, forecast: Forecast, bins: number, options: BootstrapOptions): BootstrapSample {
  const { outcomes } = run
  const { calls, probabilities } = forecast
  const rows = outcomes.length
  const classes = run.classes.length
  const cells = classes * classes
  const nll = cells
  const brier = cells + 1
  const gaps = cells + 2
  return bootstrapSums(
    {
      rows,
      sums: gaps + bins,
      statistics: forecastScores.length,
      add(row, sums) {
        const at = row * classes
        const truth = outcomes[row]!
        const call = calls[row]!
        const confidence = probabilities[at + call]!
        sums[truth * classes + call]! += 1
        sums[nll]! += logLoss(probabilities[at + truth]!)
        sums[brier]! += brierLoss(probabilities, at, classes, truth)
        sums[gaps + widthBin(confidence, bins)]! += (truth === call ? 1 : 0) - confidence
      },
      evaluate(sums, out, at) {
        const matrix = { classes, counts: sums.subarray(0, cells) }
        let gap = 0
        for (let bin = 0; bin < bins; bin++) gap += Math.abs(sums[gaps + bin]!)
        out[at] = accuracy(matrix)
        out[at + 1] = macroF1(matrix)
        out[at + 2] = matthewsCorrelation(matrix)
        out[at + 3] = balancedAccuracy(matrix)
        out[at + 4] = sums[nll]! / rows
        out[at + 5] = sums[brier]! / rows
        out[at + 6] = gap / rows
      },
    },
    options,
  )
}
