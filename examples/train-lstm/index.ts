// Trains an LSTM on a day of order-book data, exports it to ONNX, runs the file, and reports what it is worth. `node index.ts --help`
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { lobster } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import { depthImbalance, everyEvent, everyMidMove, LobError, logOfi, midMove, midReturn, ofi, queueImbalance, rollingOfi, spread, type Feature, type Source } from '@rxlob/core'
import { forecastReport, imbalanceLogistic, majorityClass, prequential } from '@rxlob/evaluation'
import { manifestOf, onnxPredictor, sha256 } from '@rxlob/models/onnx'
import { lstmNet, netOf, predictRows, progressBar, saveNet, toOnnx, trainWalkForward } from '@rxlob/models/tfjs'

const { values: flags } = parseArgs({
  options: {
    lobster: { type: 'string' },
    symbol: { type: 'string', default: 'GOOG' },
    minutes: { type: 'string', default: '30' },
    units: { type: 'string', default: '16' },
    epochs: { type: 'string', default: '8' },
    out: { type: 'string', default: 'out/train-lstm' },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help) {
  console.log(`node index.ts [options]
  --lobster FOLDER   a NASDAQ day in LOBSTER format (ten levels); without it a simulated market (synthetic data)
  --symbol GOOG      which of the folder's days
  --minutes 30       length of the simulated market
  --units 16         width of the first LSTM layer; the second has half of it
  --epochs 8         passes over the training rows, at most
  --out FOLDER       where the model and its manifest go`)
  process.exit()
}

interface Study {
  readonly name: string
  readonly source: Source
  readonly features: readonly Feature[]
  readonly horizonRows: number
  readonly threshold: number | 'terciles'
}
// The simulator plants a signal in the queues: the best that any model can do is right in 65 % of the moves.
const study: Study = flags.lobster === undefined
  ? { name: `simulated market, ${flags.minutes} minutes (synthetic)`, source: simulator({ seed: 5, signal: { accuracy: 0.65 }, durationMicros: Number(flags.minutes) * 60e6 }), features: [queueImbalance(), ofi()], horizonRows: 1, threshold: 0 }
  : {
      name: `${flags.symbol}, LOBSTER`, source: lobster({ folder: flags.lobster, symbol: flags.symbol, levels: 10 }), horizonRows: 50, threshold: 'terciles',
      features: [queueImbalance(), depthImbalance({ levels: 5 }), ofi(), logOfi({ levels: 10 }), rollingOfi({ levels: 10, ticks: 100 }), midReturn({ ticks: 100 }), spread()],
    }
const sample = flags.lobster === undefined ? everyMidMove() : everyEvent()

async function run(): Promise<void> {
  const [units, epochs] = [Number(flags.units), Number(flags.epochs)]
  const bar = progressBar('training', epochs)
  const { frame, folds, forecasts, scoreFrom } = await trainWalkForward({
    source: study.source, features: study.features, sample, labelers: { move: midMove({ rows: study.horizonRows, kind: 'value' }) }, threshold: study.threshold,
    architecture: lstmNet({ units, secondUnits: Math.ceil(units / 2), denseUnits: 16, dropout: 0.1 }), length: 20,
    folds: { folds: 1 }, trainShare: 0.7,
    training: { epochs, learningRate: 0.01, batch: 8, onStep: ({ epoch, step, steps, loss }) => bar.at(epoch - 1 + step / steps, `loss ${loss.toFixed(3)}`) },
  })
  bar.end()
  const { nets: [net], train, validation, test } = folds[0]!
  console.log(`${study.name}: ${frame.length} rows, trained on ${net!.trainingRows} with ${net!.runtime}`)
  for (const { epoch, trainingLoss, validationNll, seconds } of net!.history) {
    console.log(`  epoch ${epoch}: training ${trainingLoss.toFixed(4)}, validation ${validationNll.toFixed(4)} nats${epoch === net!.bestEpoch ? ' (kept)' : ''}, ${seconds.toFixed(1)} s`)
  }

  const result = prequential({ frame, target: 'move', learners: [forecasts['move']!], baselines: [majorityClass(), imbalanceLogistic()], scoreFrom })
  const report = forecastReport(result)
  console.log(`test, rows ${test.from} to ${test.to}: accuracy ${share(report.accuracy)}, ${nats(report.nll)} nats a row`)
  for (const [name, { difference }] of Object.entries(report.baselines)) console.log(`  above ${name}: accuracy ${share(difference.accuracy)}, nats ${nats(difference.nll)}`)

  const single = netOf(net!, 'move')
  const { bytes, graph } = toOnnx(single)
  const step = toOnnx(single, { form: 'step' })
  const facts = {
    name: 'train-lstm', architecture: 'lstm', input: single.input, output: single.targets['move']!,
    training: { dataHash: sha256(new Uint8Array(frame.values.buffer)), rows: net!.trainingRows, seed: net!.seed, configurations: 1 },
    metrics: { validation_nll: net!.validationNll['move']!, test_nll: report.nll.value, test_accuracy: report.accuracy.value },
  }
  await mkdir(flags.out, { recursive: true })
  const file = (name: string): string => join(flags.out, name)
  await writeFile(file('lstm.onnx'), bytes)
  await writeFile(file('lstm.json'), JSON.stringify(manifestOf(bytes, { ...facts, graph }), undefined, 1))
  await writeFile(file('lstm-step.onnx'), step.bytes)
  await writeFile(file('lstm-step.json'), JSON.stringify(manifestOf(step.bytes, { ...facts, graph: step.graph }), undefined, 1))
  await writeFile(file('net.json'), saveNet(single))

  // The file itself, run by ONNX Runtime as a stream would run it, must say what was trained.
  const predictor = await onnxPredictor({ model: file('lstm.onnx'), manifest: file('lstm.json') })
  const rows = { from: test.from, to: Math.min(test.to, test.from + 200) }
  const { values } = await predictRows(single, frame, { range: rows, feeding: 'window' })
  let worst = 0
  for (let row = rows.from; row < rows.to; row++) {
    const answer = await predictor.predict({ instrument: frame.instrument, row, data: windowOf(row), shape: [single.input.length, single.input.columns.length], tsLocal: frame.tsLocal[row]! })
    answer.forEach((value, k) => (worst = Math.max(worst, Math.abs(value - values[(row - rows.from) * 3 + k]!))))
  }
  await predictor.close()
  console.log(`written to ${flags.out}: lstm.onnx (${bytes.length} bytes) and its step form; ${predictor.runtime} differs from TensorFlow.js by at most ${worst.toExponential(1)} on ${rows.to - rows.from} windows`)
  console.log(`blocks: rows ${train.from} to ${train.to} trained, ${validation.from} to ${validation.to} stopped early`)

  function windowOf(row: number): Float32Array {
    const { columns, length, scaler } = single.input
    const places = columns.map((name) => frame.columns.findIndex((column) => column.name === name))
    return Float32Array.from({ length: length * columns.length }, (_, at) => {
      const column = at % columns.length
      return (frame.values[(row - length + 1 + Math.floor(at / columns.length)) * frame.columns.length + places[column]!]! - scaler!.mean[column]!) / scaler!.scale[column]!
    })
  }
}

const share = ({ value, low, high }: { value: number; low: number; high: number }): string => `${(100 * value).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`
const nats = ({ value, low, high }: { value: number; low: number; high: number }): string => `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`

try {
  await run()
} catch (error) {
  if (!(error instanceof LobError)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exitCode = 1
}
