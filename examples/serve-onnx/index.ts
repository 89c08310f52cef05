import { simulator } from '@rxlob/adapters-simulator'
import { collectFrame, depthImbalance, everyMidMove, features, inputOf, label, midMove, ofi, predict, queueImbalance, type LabelledFrame, type MarketEvent, type Prediction } from '@rxlob/core'
import { driftReference, watchDrift } from '@rxlob/models/drift'
import { fitScaler, manifestOf, onnxPredictor, type ModelManifest } from '@rxlob/models/onnx'
import { modelRegistry, promotedPredictor, type ModelVersion } from '@rxlob/models/registry'
import { fitTrees, treesToOnnx } from '@rxlob/models/trees'
import { createHash } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { firstValueFrom, Observable, share, shareReplay, toArray } from 'rxjs'

const { values: options } = parseArgs({ options: { help: { type: 'boolean' }, registry: { type: 'string' }, rate: { type: 'string', default: '10000' }, events: { type: 'string', default: '40000' } } })
if (options.help) {
  console.log(`node index.ts [--registry FOLDER] [--rate EVENTS_A_SECOND] [--events N]

Trains two versions of a model on a simulated market (synthetic, planted accuracy 0.65), publishes them as ONNX files in a registry, serves the first in a
live stream, promotes the second half way, and says what became of every row. --registry keeps the models (default: a temporary folder).`)
  process.exit()
}

const list = [queueImbalance(), depthImbalance({ levels: 5 }), ofi()]
const sample = everyMidMove()
const next = midMove({ rows: 1 })
const market = (seed: number, minutes: number): ReturnType<typeof simulator> => simulator({ seed, durationMicros: minutes * 60e6, signal: { accuracy: 0.65 } })

/** Boosted trees on the rows of a frame, as an ONNX file with its manifest. */
function trainedOn(frame: LabelledFrame): { model: Uint8Array; manifest: ModelManifest } {
  const columns = frame.columns.length
  const move = frame.targets['move']!
  const scaler = fitScaler(frame)
  const rows = Array.from({ length: frame.length }, (_, row) => row).filter((row) => Number.isFinite(move[row]) && frame.values.subarray(row * columns, (row + 1) * columns).every(Number.isFinite))
  const scaled = rows.flatMap((row) => Array.from(frame.values.subarray(row * columns, (row + 1) * columns), (value, at) => (value - scaler.mean[at]!) / scaler.scale[at]!))
  const { ensemble } = fitTrees({ inputs: Float32Array.from(scaled), columns, targets: rows.map((row) => move[row]!), classes: 3, rounds: 30, leaves: 8, learningRate: 0.1 })
  const { bytes, graph } = treesToOnnx(ensemble)
  const dataHash = createHash('sha256').update(new Uint8Array(frame.values.buffer)).digest('hex')
  const manifest = manifestOf(bytes, {
    name: 'imbalance-trees', architecture: 'gradient-boosted-trees', graph, metrics: {}, input: inputOf(list, { length: 1, sample, scaler }), output: next.output,
    training: { dataHash, rows: rows.length, from: frame.tsLocal[0]!, to: frame.tsLocal.at(-1)! },
  })
  return { model: bytes, manifest }
}

/** Events at a steady rate of the clock, as a socket gives them. */
const live = (events: readonly MarketEvent[], perSecond: number): Observable<MarketEvent> =>
  new Observable((subscriber) => {
    const began = performance.now()
    let sent = 0
    const timer = setInterval(() => {
      const due = Math.min(events.length, ((performance.now() - began) * perSecond) / 1000)
      while (sent < due) subscriber.next(events[sent++]!)
      if (sent === events.length) subscriber.complete()
    }, 1)
    return () => clearInterval(timer)
  })

const directory = options.registry ?? (await mkdtemp(join(tmpdir(), 'rxlob-models-')))
const registry = modelRegistry({ directory })
const frames = await Promise.all([2, 30].map((minutes) => collectFrame(market(1, minutes), list, { sample, labelers: { move: next } })))
const versions: ModelVersion[] = []
for (const frame of frames) {
  const { model, manifest } = trainedOn(frame)
  const version = await registry.publish(model, manifest)
  versions.push(version)
  console.log(`published version ${version.version}: ${model.length} bytes, trained on ${manifest.training.rows} moves`)
}
const name = versions[0]!.name
await registry.promote(name, versions[0]!.version)

const events = (await firstValueFrom(market(2, 60).events().pipe(toArray()))).slice(0, Number(options.events))
const source = live(events, Number(options.rate)).pipe(share())
const rows = source.pipe(features(list, { sample }), share())
const models = promotedPredictor({ registry, name, everyMillis: 50, load: ({ modelFile, manifestFile }) => onnxPredictor({ model: modelFile, manifest: manifestFile }) }).pipe(shareReplay(1))

const served: { prediction: Prediction; version: number }[] = []
const moves = new Map<number, number>()
const counts = { events: 0, rows: 0, skipped: 0 }
let serving = 0
models.subscribe(() => console.log(`serving version ${versions[serving++]!.version}`))
await firstValueFrom(models)
const reference = driftReference({ columns: list.flatMap(({ columns }) => columns.map((column) => column.name)), values: frames[1]!.values })
rows.pipe(watchDrift({ reference, rows: 500 })).subscribe(({ row, worst }) => console.log(`row ${row}: the column that moved most is ${worst.name}, stability index ${worst.index.toFixed(3)}`))
rows.subscribe(() => counts.rows++)
source.pipe(label(next, { sample })).subscribe(({ row, target }) => moves.set(row, target))
await new Promise<void>((resolve, reject) => {
  rows.pipe(predict(models, { busy: 'latest' })).subscribe({
    next(prediction) {
      counts.skipped += prediction.skipped ?? 0
      served.push({ prediction, version: versions[serving - 1]!.version })
    },
    error: reject,
    complete: resolve,
  })
  // Half way the second version takes over.
  source.subscribe(() => {
    if (++counts.events === Math.floor(events.length / 2)) void registry.promote(name, versions[1]!.version)
  })
})

const unwhole = counts.rows - served.length - counts.skipped
console.log(`${counts.events} events, ${counts.rows} moves of the mid: ${served.length} predicted, ${counts.skipped} passed over while the model was busy, ${unwhole} with a feature not yet defined`)
for (const { version } of versions) {
  const settled = served.filter((one) => one.version === version && moves.has(one.prediction.row))
  const right = settled.filter(({ prediction: { row, values } }) => values.indexOf(Math.max(...values)) === moves.get(row)).length
  const hit = right / settled.length
  console.log(`version ${version}: right in ${right} of ${settled.length}, ${hit.toFixed(3)} +- ${(1.96 * Math.sqrt((hit * (1 - hit)) / settled.length)).toFixed(3)} (planted: 0.65)`)
}
process.exit()
