import { LobError, numberOption } from '@rxlob/core'
import { negativeLogLikelihood, type PrequentialResult } from '@rxlob/evaluation'
import { logisticMeta } from './logistic-meta.js'
import type { MetaLearner, MetaRows } from './meta-learner.js'
import { writeStackInputs } from './stack-inputs.js'

export interface FitStackOptions {
  /**
   * What the members said, out of sample: of a prequential run, in which each row is predicted before any outcome of its own horizon
   * is known, so that nothing needs purging within it. Its scored rows must come after whatever a member was fitted on beforehand.
   */
  readonly run: PrequentialResult
  /** Names of the forecasts to stack, two or more, in the order of the ensemble's members. Default all learners of the run. */
  readonly members?: readonly string[]
  /** Default `logisticMeta()`. */
  readonly meta?: MetaLearner
  /** Share of the rows, the last ones, that the trial is scored on, above 0 to below 1. Default 0.3. */
  readonly trialShare?: number
}

/** A stack's last step, fitted. */
export interface FittedStack {
  readonly members: readonly string[]
  readonly classes: readonly string[]
  readonly meta: string
  /** Period of the rows it was fitted on; no row up to `to` may be scored with it. */
  readonly from: number
  readonly to: number
  readonly rows: number
  /** Whether it is worth it: log loss in nats a row of a first fit on the earlier rows, on the later ones, beside what it has to beat. */
  readonly trial: { readonly rows: number; readonly stack: number; readonly average: number; readonly members: Readonly<Record<string, number>> }
  /** Probabilities [rows, classes] of inputs as `stackedEnsemble` makes them. */
  combine(inputs: Float64Array): ArrayLike<number>
}

/**
 * Learns how to combine members from what they said out of sample.
 *
 * First a trial: fitted on the earlier rows, less those whose outcomes were not known when the later ones began, and scored on the later, beside
 * the plain average and each member. Then the fit on all rows that is returned. Compare `trial.stack` with `trial.average` before using it.
 *
 * @throws {LobError} LOB_BAD_OPTION where a member is not in the run, there are fewer than two, or a part of the trial is left without rows.
 * @see Wolpert (1992), Stacked generalization, Neural Networks 5(2), 241-259
 */
export function fitStack(options: FitStackOptions): FittedStack {
  const { run } = options
  const meta = options.meta ?? logisticMeta()
  const trialShare = numberOption('trialShare', options.trialShare ?? 0.3, Number.MIN_VALUE, 1 - Number.EPSILON)
  const members = options.members ?? run.forecasts.filter(({ kind }) => kind === 'learner').map(({ name }) => name)
  if (members.length < 2) throw new LobError('LOB_BAD_OPTION', `Option members: fitStack needs two or more, got ${members.join(', ') || 'none'}.`)
  const forecasts = members.map((name) => {
    const found = run.forecasts.find((forecast) => forecast.name === name)
    if (found === undefined) throw new LobError('LOB_BAD_OPTION', `Option members: expected names of ${run.forecasts.map((forecast) => forecast.name).join(', ')}, got ${name}.`)
    return found
  })
  const classes = run.classes.length
  const rows = run.rows.length
  const columns = members.length * (classes - 1)
  const inputs = new Float64Array(rows * columns)
  forecasts.forEach(({ probabilities }, i) => {
    for (let row = 0; row < rows; row++) writeStackInputs(probabilities, row * classes, classes, inputs, row * columns + i * (classes - 1))
  })
  const part = (from: number, to: number): MetaRows => ({ inputs: inputs.subarray(from * columns, to * columns), columns, targets: run.outcomes.slice(from, to), classes })

  const first = Math.floor(rows * (1 - trialShare))
  const known = lastKnown(run, first)
  if (!(first < rows && known > 0)) throw new LobError('LOB_BAD_OPTION', `Option run: ${rows} rows are too few for a trial on the last ${Math.round(100 * trialShare)} %.`)
  const later = run.outcomes.subarray(first)
  const lossOf = (probabilities: ArrayLike<number>): number => negativeLogLikelihood(later, probabilities)
  const laterOf = ({ probabilities }: (typeof forecasts)[number]): Float32Array => probabilities.subarray(first * classes, rows * classes)
  const average = Float64Array.from({ length: later.length * classes }, (_, at) => forecasts.reduce((sum, forecast) => sum + laterOf(forecast)[at]!, 0) / members.length)
  const trial = {
    rows: later.length,
    stack: lossOf(meta.fit(part(0, known))(inputs.subarray(first * columns))),
    average: lossOf(average),
    members: Object.fromEntries(forecasts.map((forecast) => [forecast.name, lossOf(laterOf(forecast))])),
  }
  return { members, classes: run.classes, meta: meta.name, from: run.tsLocal[0]!, to: run.tsLocal[rows - 1]!, rows, trial, combine: meta.fit(part(0, rows)) }
}

/** Scored rows whose outcomes were known when scored row `first` came: by the horizon, which no label outlasts. */
function lastKnown({ rows, tsLocal, horizon }: PrequentialResult, first: number): number {
  let known = first
  while (known > 0 && ('rows' in horizon ? rows[known - 1]! + horizon.rows > rows[first]! : tsLocal[known - 1]! + horizon.micros > tsLocal[first]!)) known--
  return known
}
