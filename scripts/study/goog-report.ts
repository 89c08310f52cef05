import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabelledFrame, OnlineLearner } from '@rxlob/core'
import { columnSign, forecastReport, imbalanceLogistic, lastMove, majorityClass, ofiSign, persistence, prequential, type Baseline, type ForecastReport } from '@rxlob/evaluation'
import { recordedForecast, type ClassesOutput, type WalkForwardTraining } from '@rxlob/models/tfjs'
import { studyEnsembles, type StudyEnsembles } from './goog-ensembles.ts'
import { studyNets } from './goog-nets.ts'
import { ridgeOnFlow } from './ridge-on-flow.ts'
import type { StoredRun } from './run-store.ts'
import { stratifiedRandom } from './stratified-random.ts'

export interface StudyReport {
  readonly symbol: string
  readonly dataHash: string
  readonly training: WalkForwardTraining
  readonly runs: readonly StoredRun[]
  readonly budgetMinutes: number
  readonly horizons: readonly number[]
}

type SeedScores = Readonly<Record<string, { mean: number; deviation: number; seeds: number }>>

interface TargetReport extends Pick<StudyEnsembles, 'trial' | 'lastWeights'> {
  readonly models: Readonly<Record<string, ForecastReport>>
  readonly perSeed: SeedScores
  /** Test rows, and of them those that end the day without an outcome, and those that some model says nothing of. */
  readonly rows: { readonly test: number; readonly unlabelled: number; readonly unanswered: number }
}

const classes = ['down', 'flat', 'up'] as const
/** Of each model the average over its seeds is scored, and is a member of the ensembles. */
export async function reportStudy(study: StudyReport): Promise<void> {
  const { symbol, training, runs, horizons } = study
  const fold = training.folds[0]!
  const targets = Object.keys(training.frame.targets)
  const models = [...new Set(runs.map(({ model }) => model))]
  const reports: Record<string, TargetReport> = {}
  for (const target of targets) {
    const horizonRows = Number(target.split('_').at(-1))
    const output: ClassesOutput = { kind: 'classes', classes, horizon: { rows: horizonRows } }
    const members = Object.fromEntries(models.map((model) => [model, averageOf(runs.filter((run) => run.model === model).map(({ probabilities }) => probabilities[target]!))]))
    const { frame, rows } = answeredFrame(training, target, Object.values(members))
    const { probabilities, trial, lastWeights } = studyEnsembles({ frame, target, output, fold, members })
    const learners = Object.entries({ ...members, ...probabilities }).map(([name, said]): OnlineLearner => recordedForecast({ name, output, frame, probabilities: said }))
    const run = prequential({ frame, target, learners, baselines: baselinesOf(training, target, horizonRows), scoreFrom: training.scoreFrom })
    const perSeed = Object.fromEntries(models.map((model) => [model, nllOverSeeds(frame, target, training.scoreFrom, runs.filter((stored) => stored.model === model))]))
    reports[target] = { models: Object.fromEntries(learners.map(({ name }) => [name, forecastReport(run, { forecast: name, draws: 1000 })])), perSeed, trial, lastWeights, rows }
    console.log(tableOf(target, reports[target]!))
  }
  const date = new Date().toISOString().slice(0, 10)
  const folder = `results/${date}_${symbol}_models`
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'models.md'), page(study, models, targets.map((target) => tableOf(target, reports[target]!)), date))
  const facts = runs.map((run) => ({ ...run, probabilities: undefined }))
  const { train, validation, test, thresholds } = fold
  writeFileSync(join(folder, 'models.json'), `${JSON.stringify({ symbol, dataHash: study.dataHash, date, blocks: { train, validation, test }, thresholds, horizons, runs: facts, reports }, fiveDigits)}\n`)
  console.log(`written to ${folder}`)
}

/** Targets of validation and test rows that some model has no forecast of are left out, so that all are scored on the same rows; and how many that are. */
function answeredFrame({ frame, folds, scoreFrom }: WalkForwardTraining, target: string, members: readonly Float32Array[]): { frame: LabelledFrame; rows: TargetReport['rows'] } {
  const column = frame.targets[target]!.slice()
  const rows = { test: frame.length - scoreFrom, unlabelled: 0, unanswered: 0 }
  for (let row = folds[0]!.validation.from; row < frame.length; row++) {
    const labelled = !Number.isNaN(column[row]!)
    const answered = members.every((probabilities) => !Number.isNaN(probabilities[row * 3]!))
    if (row >= scoreFrom && !answered) rows.unanswered++
    else if (row >= scoreFrom && !labelled) rows.unlabelled++
    if (!answered) column[row] = NaN
  }
  return { frame: { ...frame, targets: { ...frame.targets, [target]: column } }, rows }
}

const averageOf = (all: readonly Float32Array[]): Float32Array => all[0]!.map((_, at) => all.reduce((sum, values) => sum + values[at]!, 0) / all.length)

function baselinesOf({ frame, folds }: WalkForwardTraining, target: string, rows: number): Baseline[] {
  // The move itself is not kept; its class, less one, is what a linear rule can be fitted to.
  const moves = frame.targets[target]!.map((value) => value - 1)
  return [
    majorityClass(), stratifiedRandom(7), lastMove(), lastMove({ reverse: true }), persistence({ rows }), ofiSign({ windowRows: rows, deadZone: 'trained' }),
    columnSign({ column: 'queue_imbalance', deadZone: 'trained' }),
    imbalanceLogistic({ name: 'small_logistic', columns: ['queue_imbalance', 'depth_imbalance_5', 'rolling_ofi_1_100', 'rolling_ofi_10_100', 'spread', 'mid_return_100', 'realized_vol_100'] }),
    ridgeOnFlow({ columns: Array.from({ length: 10 }, (_, level) => `ofi_level_${level + 1}`), windowRows: rows, moves, train: folds[0]!.train }),
  ]
}

function nllOverSeeds(frame: LabelledFrame, target: string, from: number, runs: readonly StoredRun[]): SeedScores[string] {
  const values = runs.map(({ probabilities }) => {
    let sum = 0
    let count = 0
    for (let row = from; row < frame.length; row++) {
      const outcome = frame.targets[target]![row]!
      if (Number.isNaN(outcome)) continue
      sum -= Math.log(Math.max(1e-15, probabilities[target]![row * 3 + outcome]!))
      count++
    }
    return sum / count
  })
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)), seeds: values.length }
}

const percent = (value: number): string => (100 * value).toFixed(1)
const interval = (score: { value: number; low: number; high: number }, show: (value: number) => string): string => `${show(score.value)} (${show(score.low)} to ${show(score.high)})`
const nats = (value: number): string => value.toFixed(4)

function tableOf(target: string, { models, perSeed, rows, trial, lastWeights }: TargetReport): string {
  const [first] = Object.values(models)
  const line = (name: string, scores: Pick<ForecastReport, 'accuracy' | 'macroF1' | 'mcc' | 'nll' | 'brier' | 'ece'>, more: readonly string[]): string =>
    `| ${name} | ${interval(scores.accuracy, percent)} | ${interval(scores.macroF1, percent)} | ${scores.mcc.value.toFixed(3)} | ${interval(scores.nll, nats)} | ${scores.brier.value.toFixed(4)} | ${scores.ece.value.toFixed(3)} | ${more.join(' | ')} |`
  const own = Object.entries(models).map(([name, report]) => {
    const versus = (other: string): string => {
      const comparison = report.baselines[other]
      return comparison === undefined ? '' : `${interval(comparison.difference.nll, nats)}${comparison.nllPValue === undefined ? '' : `, p ${comparison.nllPValue.toFixed(3)}`}`
    }
    const [down, , up] = report.classes
    const seeds = perSeed[name]
    return line(name, report, [
      versus('small_logistic'), versus('logistic'), `${(down!.auc ?? NaN).toFixed(3)}, ${(up!.auc ?? NaN).toFixed(3)}`, `${percent(down!.precisionAt1Percent)}, ${percent(up!.precisionAt1Percent)}`,
      seeds === undefined ? '' : `${seeds.seeds === 1 ? '1 (one seed)' : `${seeds.seeds}: ${nats(seeds.mean)} +- ${nats(seeds.deviation)}`}`,
    ])
  })
  const baselines = Object.entries(first!.baselines).filter(([name]) => models[name] === undefined).map(([name, scores]) => line(name, scores, ['', '', '', '', 'baseline']))
  const choice = trial.stack < trial.average ? 'the stack' : 'the average'
  return `### ${target}: ${first!.rows} test rows, shares down ${percent(first!.classes[0]!.share)}, flat ${percent(first!.classes[1]!.share)}, up ${percent(first!.classes[2]!.share)} %

Of ${rows.test} test rows ${rows.unlabelled} have no outcome (the day ends before it) and ${rows.unanswered} no answer of some model. Ensembles on the last ${trial.rows} validation rows: stack ${nats(trial.stack)}, average ${nats(trial.average)},
best member ${nats(Math.min(...Object.values(trial.members)))}: these rows would choose ${choice}. Hedge's last weights: ${Object.entries(lastWeights).map(([name, weight]) => `${name} ${weight.toFixed(2)}`).join(', ')}.

| forecast | accuracy, % | macro-F1, % | MCC | NLL, nats | Brier | ECE | NLL less small_logistic | NLL less logistic | AUC down, up | precision@1 % down, up | seeds: NLL |
|---|---|---|---|---|---|---|---|---|---|---|---|
${[...own, ...baselines].join('\n')}`
}

function page({ symbol, dataHash, training, runs, budgetMinutes }: StudyReport, models: readonly string[], tables: readonly string[], date: string): string {
  const { train, validation, test, thresholds } = training.folds[0]!
  const block = ({ from, to }: { from: number; to: number }): string => `${from} to ${to}`
  return `# Models on one LOBSTER day, ${symbol}, ${date}

One day of one stock, ten levels: it calibrates the software and is no evidence of skill. Made by \`npm run study:goog\` in a budget of ${budgetMinutes} minutes of training (the runs below took ${(runs.reduce((sum, { seconds }) => sum + seconds, 0) / 60).toFixed(0)} in all) on a shared two-core machine. SHA-256 of the
decoded day ${dataHash}. Split 60/20/20 by time, purged by horizon and window: rows ${block(train)} train, ${block(validation)} stop early, ${block(test)} test. Dead zones are terciles of the training rows:
${Object.entries(thresholds).map(([target, value]) => `${target} ${value.toPrecision(3)}`).join(', ')}. Scalers and dead zones were fitted on the training rows alone. Each net learned all ${Object.keys(thresholds).length} targets at once, with three outputs each.
Every model is scored by the average of its seeds. The ensembles are those of \`@rxlob/models/ensemble\` over all models: \`ensemble_stack\` is a logistic regression on the members' log odds, fitted on the validation rows (the
members had stopped early by the same rows); \`ensemble_average\` weighs them alike; \`ensemble_hedge\` starts so at the first validation row and moves with each outcome once it is known. Intervals are 95 %, stationary block bootstrap, blocks of ten horizons; p is Diebold and Mariano's on the NLL.
Runs: ${runs.length}, none chosen by the test rows. \`l1\`: mean of the next mids against the mid now; \`plain\`: the mid h events on against the mid now.

| net | columns | made smaller to fit the budget | parameters (all targets) | seeds | seconds a run |
|---|---|---|---|---|---|
${models.map((model) => {
  const own = runs.filter((run) => run.model === model)
  const net = studyNets.find(({ architecture }) => architecture.name === model)
  const mean = own.reduce((sum, { seconds }) => sum + seconds, 0) / own.length
  return `| ${model} | ${net?.columnsAre ?? studyNets[0]!.columnsAre} | ${net?.reduced ?? 'at most 40 rounds of 15 leaves, half the rows and columns a tree'} | ${own[0]!.parameters === 0 ? '' : own[0]!.parameters.toLocaleString('en')} | ${own.length === 1 ? '1 (one seed)' : own.length} | ${mean.toFixed(0)} |`
}).join('\n')}

${tables.join('\n\n')}
`
}

/** What is not whole is kept to five digits: the intervals are wider, and the file is half as long. */
const fiveDigits = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value)
