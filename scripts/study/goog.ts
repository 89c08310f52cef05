// Nets, trees and their ensembles on a LOBSTER day, beside every baseline; summary numbers alone are written:
// RXLOB_DATA=folder npm run study:goog -- [--minutes 60] [--seeds 5] [--only trees,lstm] [--table]   (--table prints what is there without training)
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deepLobInputs, midMove, ofiByLevel, smoothedMove, standardFeatures, type EventBatch, type Labeler } from '@rxlob/core'
import { networkSize, predictRows, progressBar, trainWalkForward, type WalkForwardTraining } from '@rxlob/models/tfjs'
import { studyNets, type StudyNet } from './goog-nets.ts'
import { reportStudy } from './goog-report.ts'
import { trainStudyTrees } from './goog-trees.ts'
import { lobsterDay } from './lobster-day.ts'
import { runStore, type StoredRun } from './run-store.ts'

const { values: flags } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, seeds: { type: 'string', default: '5' }, only: { type: 'string' }, table: { type: 'boolean', default: false } } })
const budgetSeconds = 60 * Number(flags.minutes)
const began = performance.now()
const spent = (): number => (performance.now() - began) / 1000
const symbol = 'GOOG'
const horizons = [10, 50, 100]
const day = lobsterDay(symbol)
const hash = createHash('sha256')
const batches: EventBatch[] = []
for await (const batch of day.batches!()) {
  batches.push(batch)
  for (const column of [batch.op, batch.flags, batch.tsExchange, batch.ticks, batch.lots]) hash.update(Buffer.from(column.buffer, column.byteOffset, batch.length * column.BYTES_PER_ELEMENT))
}
const dataHash = hash.digest('hex')
const source = { ...day, async *batches() { yield* batches } }
const labelers: Record<string, Labeler> = Object.fromEntries(
  horizons.flatMap((rows) => [
    [`l1_${rows}`, smoothedMove({ method: 'L1', rows, kind: 'value' })],
    [`plain_${rows}`, midMove({ rows, kind: 'value' })],
  ]),
)
const features = [...standardFeatures(), ofiByLevel({ levels: 10 }), ...deepLobInputs({ rolling: { ticks: 5000 } })]
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
const store = runStore(join(tmpdir(), 'rxlob-goog-runs', digest(dataHash)), (model) => {
  const { architecture: { name, options }, ...net } = studyNets.find(({ architecture }) => architecture.name === model) ?? studyNets[0]!
  return digest([name, options, net])
})

const commonOptions = {
  source, features, labelers,
  // 60 % train, 20 % validation, 20 % test by time; the fit is purged by the horizon and the window between blocks.
  folds: { folds: 1 }, trainShare: 0.8, validationShare: 0.25, shareOf: 'time' as const,
  cache: { folder: join(tmpdir(), 'rxlob-frames'), dataHash },
}

async function train({ architecture, length, columns, training, answer }: StudyNet, seed: number): Promise<WalkForwardTraining> {
  const started = performance.now()
  const bar = progressBar(`${architecture.name}, seed ${seed}`, training.epochs!)
  const result = await trainWalkForward({
    ...commonOptions, architecture, length, columns, seeds: [seed], ...(answer !== undefined && { answer }),
    training: { ...training, maxSeconds: budgetSeconds / 8, onStep: ({ epoch, step, steps, loss }) => bar.at(epoch - 1 + step / steps, `loss ${loss.toFixed(3)}`) },
  })
  bar.end()
  const { nets: [net], validation } = result.folds[0]!
  // Ensembles are fitted on what the models say of the validation rows.
  const { values, outputs } = await predictRows(net!, result.frame, { range: validation, feeding: answer ?? (architecture.feeding === 'carried' ? 'carried' : 'window'), warmUpRows: 4 * length })
  Object.values(result.probabilities).forEach(([first], target) => {
    for (let row = validation.from; row < validation.to; row++) for (let k = 0; k < 3; k++) first![row * 3 + k] = values[(row - validation.from) * outputs + target * 3 + k]!
  })
  keep({
    model: architecture.name, seed, seconds: (performance.now() - started) / 1000, epochs: net!.history.length, bestEpoch: net!.bestEpoch, parameters: networkSize(net!),
    validationNll: net!.validationNll, runtime: net!.runtime, stopped: net!.stopped, probabilities: Object.fromEntries(Object.entries(result.probabilities).map(([target, [first]]) => [target, first!])),
  })
  return result
}

function keep(run: StoredRun): void {
  store.write(run)
  console.log(`${run.model}, seed ${run.seed}: ${run.seconds.toFixed(0)} s, best of ${run.epochs} was ${run.bestEpoch}, validation NLL ${Object.entries(run.validationNll).map(([target, nll]) => `${target} ${nll.toFixed(4)}`).join(', ')}`)
}

/** The frame, its blocks and its dead zones, from a fit too short to be kept. */
const prepare = ({ architecture, length, columns }: StudyNet): Promise<WalkForwardTraining> => trainWalkForward({ ...commonOptions, architecture, length, columns, training: { epochs: 1, windowsPerEpoch: 512 } })
const wanted = flags.only?.split(',')
const first = await (store.read('logistic', 1) === undefined ? train : prepare)(studyNets[0]!, 1)
const models = [...studyNets.map(({ architecture: { name } }) => name), 'trees']
for (let seed = 1; seed <= Number(flags.seeds) && !flags.table; seed++) {
  for (const model of ['logistic', 'trees', ...models.slice(1, -1)]) {
    if (store.read(model, seed) !== undefined || wanted?.includes(model) === false) continue
    if (spent() > budgetSeconds) break
    if (model === 'trees') {
      const started = performance.now()
      const { probabilities, validationNll, rounds } = trainStudyTrees(first.frame, first.folds[0]!, studyNets[0]!.columns, seed)
      keep({ model, seed, seconds: (performance.now() - started) / 1000, epochs: 40, bestEpoch: rounds, parameters: 0, validationNll, runtime: 'own trees', stopped: rounds < 32 ? 'early stopping' : 'all epochs', probabilities })
    } else {
      await train(studyNets.find(({ architecture }) => architecture.name === model)!, seed)
    }
  }
}
const runs = models.flatMap((model) => Array.from({ length: Number(flags.seeds) }, (_, seed) => store.read(model, seed + 1)).filter((run) => run !== undefined))
await reportStudy({ symbol, dataHash, training: first, runs, budgetMinutes: Number(flags.minutes), horizons })
