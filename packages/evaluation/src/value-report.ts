import { LobError, normalCdf, type Horizon, type InstrumentId } from '@rxlob/core'
import { bootstrapSums, type BootstrapSample } from './bootstrap/bootstrap-sums.js'
import { percentileInterval, type Interval } from './bootstrap/percentile-interval.js'
import type { BootstrapOptions } from './bootstrap/stationary-blocks.js'
import { gaussianCrps } from './metrics/probability/gaussian-crps.js'
import { gaussianPit } from './metrics/probability/gaussian-pit.js'
import { pearsonCorrelation } from './metrics/regression/pearson-correlation.js'
import { spearmanCorrelation } from './metrics/regression/spearman-correlation.js'
import type { PrequentialValuesResult, ValueForecast } from './prequential-values.js'

const scores = ['rmse', 'r2', 'crps', 'nll', 'coverage50', 'coverage80', 'coverage95'] as const

/**
 * `rmse` and `crps` in the target's unit; `r2` is the squared error saved against forecasting 0; `nll` the log loss of the Gaussian density in nats;
 * `coverage` the share of outcomes in the central 50, 80 and 95 % of the forecast.
 */
export type ValueScore = (typeof scores)[number]

/** Scores of one forecast, each with its block-bootstrap interval; the last five NaN-free only where it always says a deviation. */
export type ValueScores = Readonly<Record<ValueScore, Interval>>

export interface ValueReportOptions extends Partial<BootstrapOptions> {
  /** Name of the forecast that is reported; the others are what it is compared with. Default the first learner. */
  readonly forecast?: string
}

/** Another forecast on the same rows, and what was gained on it. */
export interface ValueComparison extends ValueScores {
  /** The reported forecast minus this one, resampled in pairs. Below 0 is better for rmse, crps and nll. */
  readonly difference: ValueScores
}

export interface ValueReport extends ValueScores {
  readonly name: string
  readonly instrument: InstrumentId
  readonly unit: string
  readonly horizon: Horizon
  readonly rows: number
  /** Time of the first and the last scored row. */
  readonly from: number
  readonly to: number
  readonly skipped: Readonly<Record<string, number>>
  /** Correlation of forecast and outcome, NaN where either is constant. */
  readonly pearson: number
  readonly spearman: number
  /** Share of outcomes in each tenth of the forecast distribution: 0.1 each if it is calibrated. */
  readonly pitShares: readonly number[]
  /** Largest distance of the PIT from uniform (Kolmogorov-Smirnov); no p-value, since overlapping rows are not independent. */
  readonly pitDistance: number
  readonly bootstrap: Required<BootstrapOptions>
  /** By name. */
  readonly baselines: Readonly<Record<string, ValueComparison>>
}

/**
 * What a run over values showed: errors, calibration and coverage of the reported forecast and of all others on the same rows, with stationary
 * block-bootstrap intervals, and the differences with theirs.
 *
 * @param options.meanBlockRows Default 10 times the rows that a label takes to settle.
 * @param options.draws Default 2000.
 * @throws {LobError} LOB_BAD_OPTION where no forecast has the name, or there are fewer than 5 mean blocks of scored rows.
 */
export function valueReport(run: PrequentialValuesResult, options: ValueReportOptions = {}): ValueReport {
  const chosen = run.forecasts.find(({ name }) => name === (options.forecast ?? run.forecasts[0]?.name))
  if (chosen === undefined) throw new LobError('LOB_BAD_OPTION', `valueReport: expected one of ${run.forecasts.map(({ name }) => name).join(', ')}, got ${options.forecast}.`)
  const bootstrap = {
    meanBlockRows: options.meanBlockRows ?? Math.max(1, Math.ceil(10 * run.settlingRows)),
    draws: options.draws ?? 2000,
    seed: options.seed ?? 1,
    level: options.level ?? 0.95,
  }
  const intervals = ({ values, draws }: BootstrapSample): ValueScores =>
    Object.fromEntries(scores.map((score, s) => [score, percentileInterval(values[s]!, draws.filter((_, at) => at % scores.length === s), bootstrap)])) as Record<ValueScore, Interval>
  const own = scoreDraws(run, chosen, bootstrap)
  const compare = (other: ValueForecast): ValueComparison => {
    const theirs = scoreDraws(run, other, bootstrap)
    const difference = { values: own.values.map((value, s) => value - theirs.values[s]!), draws: own.draws.map((draw, at) => draw - theirs.draws[at]!) }
    return { ...intervals(theirs), difference: intervals(difference) }
  }
  const pits = Array.from(run.outcomes, (outcome, row) => gaussianPit(outcome, { mean: chosen.mean[row]!, deviation: chosen.deviation[row]! })).sort((a, b) => a - b)
  const rows = run.rows.length
  return {
    name: chosen.name,
    instrument: run.instrument, unit: run.unit, horizon: run.horizon, rows,
    from: run.tsLocal[0]!,
    to: run.tsLocal[rows - 1]!,
    skipped: run.skipped,
    ...intervals(own),
    pearson: pearsonCorrelation(chosen.mean, run.outcomes),
    spearman: spearmanCorrelation(chosen.mean, run.outcomes),
    pitShares: Array.from({ length: 10 }, (_, tenth) => pits.filter((pit) => Math.min(9, Math.floor(10 * pit)) === tenth).length / rows),
    pitDistance: pits.reduce((most, pit, at) => Math.max(most, (at + 1) / rows - pit, pit - at / rows), 0),
    bootstrap,
    baselines: Object.fromEntries(run.forecasts.filter((other) => other !== chosen).map((other) => [other.name, compare(other)])),
  }
}

function scoreDraws({ outcomes }: PrequentialValuesResult, { mean, deviation }: ValueForecast, options: BootstrapOptions): BootstrapSample {
  const rows = outcomes.length
  return bootstrapSums(
    {
      rows,
      sums: 7,
      statistics: scores.length,
      add(row, sums) {
        const [y, m, s] = [outcomes[row]!, mean[row]!, deviation[row]!]
        const z = (y - m) / s
        // Probability of lying nearer to the mean than the outcome does.
        const inner = 2 * normalCdf(Math.abs(z)) - 1
        sums[0]! += (y - m) ** 2
        sums[1]! += y * y
        sums[2]! += gaussianCrps(y, { mean: m, deviation: s })
        sums[3]! += 0.5 * (z * z + Math.log(2 * Math.PI)) + Math.log(s)
        sums[4]! += Number.isNaN(inner) ? NaN : Number(inner <= 0.5)
        sums[5]! += Number.isNaN(inner) ? NaN : Number(inner <= 0.8)
        sums[6]! += Number.isNaN(inner) ? NaN : Number(inner <= 0.95)
      },
      evaluate(sums, out, at) {
        out[at] = Math.sqrt(sums[0]! / rows)
        out[at + 1] = 1 - sums[0]! / sums[1]!
        for (let score = 2; score < scores.length; score++) out[at + score] = sums[score]! / rows
      },
    },
    options,
  )
}
