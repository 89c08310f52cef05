// The FI-2010 table of the papers, from files you have: npm run study:fi2010 -- FOLDER [--split 7] [--models majority,trees,bin-ctabl,deep-lob] [--horizons 10,20,30,50,100] [--minutes 60]
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LobError, type LabelledFrame } from '@rxlob/core'
import { accuracy, chronologicalSplit, confusionInterval, confusionMatrix, macroF1 } from '@rxlob/evaluation'
import { fi2010Frame, fi2010Horizons, fi2010Input, fi2010Output } from '@rxlob/models/fi2010'
import { binCtabl, deepLob, logistic, lstmNet, mlp, predictRows, progressBar, trainNet, type Architecture } from '@rxlob/models/tfjs'
import { fitTrees, treeOutputs, windowRows } from '@rxlob/models/trees'

/** Macro-F1 in percent of an independent replication, five seeds. @see Prata et al. (2024), LOB-based deep learning models for stock price trend prediction, table 5 */
const replicated: Record<string, readonly number[]> = {
  'bin-ctabl': [81.1, 71.5, 80.8, 87.7, 92.1], 'deep-lob': [71.1, 62.4, 70.8, 75.4, 77.6], lstm: [66.5, 58.8, 65.3, 66.9, 59.4], mlp: [48.2, 44.0, 47.2, 49.0, 51.6],
}
const nets: Record<string, { architecture: () => Architecture; length: number }> = {
  logistic: { architecture: logistic, length: 1 }, mlp: { architecture: mlp, length: 10 }, lstm: { architecture: () => lstmNet({ units: 32 }), length: 100 },
  'bin-ctabl': { architecture: binCtabl, length: 10 }, 'deep-lob': { architecture: deepLob, length: 100 },
}
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { split: { type: 'string', default: '7' }, models: { type: 'string', default: 'majority,trees,logistic,bin-ctabl' }, horizons: { type: 'string', default: '10,20,30,50,100' }, minutes: { type: 'string', default: '60' } },
})
const [folder] = positionals
const models = flags.models.split(',')
const horizons = fi2010Horizons.filter((events) => flags.horizons.split(',').includes(String(events)))
const unknown = models.find((model) => model !== 'majority' && model !== 'trees' && nets[model] === undefined)

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
if (folder === undefined) stop('Expected the folder that holds Train_Dst_NoAuction_ZScore_CF_7.txt and Test_Dst_NoAuction_ZScore_CF_7.txt, _8 and _9: npm run study:fi2010 -- FOLDER')
if (unknown !== undefined) stop(`Expected models of majority, trees, ${Object.keys(nets).join(', ')}, got ${unknown}.`)
const found = (kind: string, day: string): string => globSync(join(folder, `**/${kind}_Dst_NoAuction_*_CF_${day}.txt`)).sort()[0] ?? stop(`Found no ${kind}_Dst_NoAuction_..._CF_${day}.txt below ${folder}.`)

try {
  const train = await fi2010Frame(found('Train', flags.split))
  // Seven days train, the last three test: files 7, 8 and 9 hold one test day each.
  const tests: LabelledFrame[] = []
  for (const day of flags.split === '7' ? ['7', '8', '9'] : [flags.split]) tests.push(await fi2010Frame(found('Test', day)))
  const count = tests.reduce((sum, { length }) => sum + length, 0)
  process.stdout.write(`FI-2010: ${train.length} snapshots to train (the last fifth of them to stop by), ${count} to test; ${train.breaks.length} breaks found in training.\n`)
  process.stdout.write('events  model       accuracy  macro-F1 [95 %]            replicated F1\n')
  for (const events of horizons) {
    for (const model of models) {
      const { truth, calls } = await run(model, events, train, tests)
      const interval = confusionInterval(macroF1, truth, calls, { classes: 3, meanBlockRows: events })
      const percent = (value: number): string => (100 * value).toFixed(1)
      const reference = replicated[model]?.[fi2010Horizons.indexOf(events)]
      process.stdout.write(`${String(events).padEnd(8)}${model.padEnd(12)}${percent(accuracy(confusionMatrix(truth, calls, { classes: 3 }))).padStart(8)}${percent(interval.value).padStart(10)} [${percent(interval.low)}, ${percent(interval.high)}]${(reference === undefined ? '' : reference.toFixed(1)).padStart(20)}\n`)
    }
  }
} catch (error) {
  if (!(error instanceof LobError)) throw error
  stop(`${error.code}: ${error.message} ${JSON.stringify(error.where)}`)
}

/** Trained on the training file, called on every test file. */
async function run(model: string, events: (typeof fi2010Horizons)[number], train: LabelledFrame, tests: readonly LabelledFrame[]): Promise<{ truth: number[]; calls: number[] }> {
  const target = `events_${events}`
  const split = chronologicalSplit(train.length, { horizon: { rows: events / 10 }, lookBackRows: 100, shares: [0.8, 0.2, 0] })
  const calls: number[] = []
  const truth: number[] = []
  const largest = (list: ArrayLike<number>, at: number): number => [0, 1, 2].reduce((best, k) => (list[at + k]! > list[at + best]! ? k : best), 0)
  const net = nets[model]
  if (net === undefined) {
    const input = fi2010Input(train, 1)
    const rows = (frame: LabelledFrame, range?: { from: number; to: number }): ReturnType<typeof windowRows> => windowRows({ frame, input, target, ...range })
    const counts = [0, 0, 0]
    for (const label of train.targets[target]!) counts[label]!++
    const bar = progressBar(`${model}, ${events} events`, 200)
    const fit = model === 'trees' ? fitTrees({ ...rows(train, split.train), columns: input.columns.length, classes: 3, validation: rows(train, split.validation), rounds: 200, onRound: ({ round }) => bar.at(round, '') }) : undefined
    bar.end()
    for (const frame of tests) {
      const { inputs, targets } = rows(frame)
      const outputs = fit && treeOutputs(fit.ensemble, inputs)
      targets.forEach((label, row) => {
        truth.push(label)
        calls.push(outputs === undefined ? largest(counts, 0) : largest(outputs, 3 * row))
      })
    }
    return { truth, calls }
  }
  const input = fi2010Input(train, net.length)
  const bar = progressBar(`${model}, ${events} events`, 30)
  const trained = await trainNet({
    architecture: net.architecture(), input, frame: train, targets: { [target]: fi2010Output(events) }, train: split.train, validation: split.validation,
    maxSeconds: (60 * Number(flags.minutes)) / (models.length * horizons.length), onEpoch: ({ epoch }) => bar.at(epoch, ''),
  })
  bar.end()
  for (const frame of tests) {
    const { values } = await predictRows(trained, frame)
    for (let row = 0; row < frame.length; row++) {
      if (Number.isNaN(values[3 * row]!)) continue
      truth.push(frame.targets[target]![row]!)
      calls.push(largest(values, 3 * row))
    }
  }
  return { truth, calls }
}
