// Latency of models in ONNX Runtime, one window at a time and one thread, each beside an empty control of the same run:
// npm run bench:models [-- --calls N --only NAME]   (after `npm run build`)
//
// The nets are those of @rxlob/models/tfjs at full width after one short pass of training: what they say means nothing, their arithmetic is all there.
// `alone` is a call on this thread, in the native runtime or in WebAssembly; its control is the turn of the event loop that the native runtime's package takes
// before it works. `worker` is the same over the thread that serves live streams; its control is the smallest model there is, over such a thread. `end to end` is an
// event pushed into features and `predict`, until its prediction is there; its control answers at once. Calls and controls take turns.
import { simulator } from '@rxlob/adapters-simulator'
import { collectFrame, deepLobInputs, features, inputOf, midMove, predict, predictFrame, type FeatureWindow, type InputSpec, type MarketEvent, type Predictor, type StatefulPredictor } from '@rxlob/core'
import { fitScaler, manifestOf, onnxPredictor, onnxStatefulPredictor, type ModelGraph, type ModelManifest } from '@rxlob/models/onnx'
import { binCtabl, deepLob, logistic, lstmNet, toOnnx, trainNet, transformer, type Architecture } from '@rxlob/models/tfjs'
import { fitTrees, treesToOnnx } from '@rxlob/models/trees'
import { createHash } from 'node:crypto'
import { cpus, loadavg } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { firstValueFrom, Subject, toArray } from 'rxjs'

const { values: options } = parseArgs({ options: { calls: { type: 'string', default: '2000' }, only: { type: 'string', default: '' }, seconds: { type: 'string', default: '10' } } })
const calls = Number(options.calls)
const list = deepLobInputs({ raw: true })
const labeler = midMove({ rows: 50 })

const say = (text: string): void => void process.stderr.write(`${text}\n`)
say('making 10 minutes of a simulated market')
const market = (): ReturnType<typeof simulator> => simulator({ seed: 1, durationMicros: 600e6 })
const events = await firstValueFrom(market().events().pipe(toArray()))
const frame = await collectFrame(market(), list, { labelers: { move: labeler } })
const dataHash = createHash('sha256').update(new Uint8Array(frame.values.buffer)).digest('hex')
const scaler = fitScaler(frame)
const columns = inputOf(list, { length: 1 })

interface Model {
  readonly name: string
  readonly bytes: Uint8Array
  readonly manifest: ModelManifest
  readonly stateful: boolean
}

function modelOf(name: string, input: InputSpec, file: { bytes: Uint8Array; graph: ModelGraph }): Model {
  const manifest = manifestOf(file.bytes, { name: name.replaceAll(' ', '-'), architecture: name, input, output: labeler.output, graph: file.graph, training: { dataHash }, metrics: {} })
  return { name, bytes: file.bytes, manifest, stateful: file.graph.states !== undefined }
}

/** A net that has seen a few windows. */
async function netModels(name: string, architecture: Architecture, length: number): Promise<Model[]> {
  if (!name.includes(options.only)) return []
  say(`making ${name}`)
  const input = { ...columns, length, scaler }
  const net = await trainNet({
    architecture, input, frame, targets: { move: labeler.output as Extract<typeof labeler.output, { kind: 'classes' }> },
    train: { from: 0, to: 600 }, validation: { from: 700, to: 910 }, epochs: 1, windowsPerEpoch: 32, batch: 16,
  })
  if (architecture.feeding !== 'carried') return [modelOf(name, input, toOnnx(net))]
  return [modelOf(`${name}, recomputed`, input, toOnnx(net)), modelOf(`${name}, stateful`, input, toOnnx(net, { form: 'step' }))]
}

function treesModel(): Model[] {
  if (!'trees'.includes(options.only)) return []
  say('growing trees')
  const rows = Array.from({ length: 4000 }, (_, at) => at).filter((row) => Number.isFinite(frame.targets['move']![row]))
  const inputs = Float32Array.from(rows.flatMap((row) => [...frame.values.subarray(row * 40, row * 40 + 40)]))
  const { ensemble } = fitTrees({ inputs, columns: 40, targets: rows.map((row) => frame.targets['move']![row]!), classes: 3, rounds: 100, leaves: 31, maxDepth: 6 })
  return [modelOf(`trees (${ensemble.roots.length} of depth 6)`, columns, treesToOnnx(ensemble))]
}

const models = [
  ...(await netModels('lstm 256-128', lstmNet(), 100)),
  ...(await netModels('transformer', transformer(), 100)),
  ...(await netModels('deep-lob', deepLob(), 100)),
  ...(await netModels('bin-ctabl', binCtabl(), 10)),
  ...treesModel(),
]
const smallest = (await netModels('logistic', logistic(), 1))[0] ?? models[0]!

/** What is timed, and what it needs, which is not. */
interface Call {
  prepare?(): void
  run(): unknown
}
interface Times {
  readonly p50: number
  readonly p99: number
  /** Mean processor time of this thread, which other programs do not lengthen as they do the others; kept in steps too coarse for quantiles. */
  readonly cpu: number
}

const quantile = (sorted: Float64Array, share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
function timesOf(wall: Float64Array, cpu: number): Times {
  const sorted = wall.slice().sort()
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), cpu: cpu / wall.length }
}

const cpuMillis = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Both in turn, so that what the machine does to one it does to the other. */
async function inTurn(model: Call, control: Call, count: number): Promise<[Times, Times]> {
  const wall = [new Float64Array(count), new Float64Array(count)] as const
  const cpu = [0, 0]
  const both = [model, control] as const
  // A process that serves for days runs compiled code: V8 compiles what was called some hundred times, WebAssembly's some thousand.
  const warmed = performance.now() + 2000
  for (let warm = 0; warm < 50 || (warm < 6000 && performance.now() < warmed); warm++) for (const call of both) {
    call.prepare?.()
    await call.run()
  }
  for (let at = 0; at < count; at++) {
    for (const which of [0, 1] as const) {
      both[which].prepare?.()
      const cpuBegan = cpuMillis()
      const began = performance.now()
      await both[which].run()
      wall[which][at] = performance.now() - began
      cpu[which]! += cpuMillis() - cpuBegan
    }
  }
  return [timesOf(wall[0], cpu[0]!), timesOf(wall[1], cpu[1]!)]
}

type Open = Predictor & { close(): Promise<void> }
const open = ({ bytes, manifest, stateful }: Model, thread: 'here' | 'worker', runtime: 'auto' | 'onnxruntime-web' = 'auto'): Promise<Open> =>
  (stateful ? onnxStatefulPredictor : onnxPredictor)({ model: bytes, manifest, thread, runtime })

/** Windows of the frame, or its rows, one after another, scaled where the model wants them so: trees were grown on rows as they are. */
function asking(predictor: Predictor): Call {
  const { length, scaler: wanted } = predictor.input
  const rows = 'step' in predictor ? 1 : length
  const data = new Float32Array(rows * 40)
  let row = length
  const prepare = (): void => {
    row = row + 1 < frame.length ? row + 1 : length
    const first = (row - rows + 1) * 40
    for (let at = 0; at < data.length; at++) data[at] = wanted === undefined ? frame.values[first + at]! : (frame.values[first + at]! - wanted.mean[at % 40]!) / wanted.scale[at % 40]!
  }
  if ('step' in predictor) {
    const stateful = predictor as StatefulPredictor
    stateful.init('bench:X')
    return { prepare, run: () => stateful.step('bench:X', data) }
  }
  return { prepare, run: () => predictor.predict({ instrument: 'bench:X', row, data, shape: [length, 40], tsLocal: 0 } satisfies FeatureWindow) }
}

/** One event through features and model, until its prediction is there. */
async function endToEnd(predictor: Predictor): Promise<Call> {
  const source = new Subject<MarketEvent>()
  let answered: () => void = () => {}
  let failure: unknown
  source.pipe(features(list), predict(predictor)).subscribe({ next: () => answered(), error: (error: unknown) => (failure = error) })
  let at = 0
  const answer = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) reject(failure as Error)
      answered = resolve
      source.next(events[at++]!)
    })
  // The first event makes no row. Then a window less a row; from there on every event has its prediction.
  while (at < predictor.input.length) source.next(events[at++]!)
  for (let warm = 0; warm < 100; warm++) await answer()
  return { run: answer }
}

const nothing = (input: InputSpec): Predictor => ({ contract: 1, name: 'nothing', input, output: labeler.output, predict: () => Float32Array.of(0, 1, 0) })
const round = (millis: number): string => (millis < 0.1 ? millis.toFixed(4) : millis.toFixed(3))
const cells = (own: Times, control: Times): string => [own.p50, own.p99, control.p50, control.p99, own.cpu, control.cpu].map(round).join(' | ')

console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0]!.model} x ${cpus().length}, Node ${process.version}, load ${loadavg().map((load) => load.toFixed(1)).join(' ')}, ${calls} calls; milliseconds\n`)
console.log('| model | way | P50 | P99 | control P50 | control P99 | CPU mean, calling thread | control CPU mean |\n|---|---|---|---|---|---|---|---|')
const turn: Call = { run: () => new Promise((resolve) => setImmediate(resolve)) }
/** WebAssembly for the trees alone: it has not the wide instructions that nets live by. */
const waysOf = ({ name }: Model): readonly ('alone' | 'alone, WebAssembly' | 'worker')[] => (name.startsWith('trees') ? ['alone', 'alone, WebAssembly', 'worker'] : ['alone', 'worker'])
for (const model of models) {
  const count = model.name.includes('recomputed') ? Math.ceil(calls / 5) : calls
  for (const way of waysOf(model)) {
    say(`${model.name}, ${way}`)
    const predictor = way === 'alone, WebAssembly' ? await open(model, 'here', 'onnxruntime-web') : await open(model, way === 'alone' ? 'here' : 'worker')
    const least = way === 'worker' ? await open(smallest, 'worker') : undefined
    const [own, control] = await inTurn(asking(predictor), least === undefined ? turn : asking(least), count)
    console.log(`| ${model.name} | ${way} | ${cells(own, control)} |`)
    await Promise.all([predictor.close(), least?.close()])
  }
  say(`${model.name}, end to end`)
  const predictor = await open(model, 'worker')
  const [own, control] = await inTurn(await endToEnd(predictor), await endToEnd(nothing(predictor.input)), count)
  console.log(`| ${model.name} | end to end | ${cells(own, control)} |`)
  await predictor.close()
}

// What a state carried over the whole history changes against windows begun from nothing.
const pair = ['recomputed', 'stateful'].map((kind) => models.find(({ name }) => name.endsWith(kind)))
if (pair[0] !== undefined && pair[1] !== undefined) {
  const part = { ...frame, length: 500, values: frame.values.subarray(0, 500 * 40) }
  const [windows, carried] = await Promise.all([open(pair[0], 'here'), open(pair[1], 'here')])
  const [a, b] = [await predictFrame(windows, part), await predictFrame(carried, part)]
  const gaps = a.values.map((value, at) => Math.abs(value - b.values[at]!)).filter((gap) => !Number.isNaN(gap)).sort()
  console.log(`\nlstm 256-128 (untrained in effect): stateful against recomputed windows of 100, |difference| of probabilities over ${a.predicted} rows: median ${gaps[gaps.length >> 1]!.toExponential(1)}, largest ${gaps.at(-1)!.toExponential(1)}`)
  await Promise.all([windows.close(), carried.close()])
}

// A live stream of 10,000 events a second, in a thread of its own and on this one: nothing is lost, and who waits.
const live = models.find(({ name }) => name.endsWith('recomputed')) ?? models[0]!
console.log(`\n10,000 events a second for ${options.seconds} s through ${list.length} feature set and ${live.name}, busy 'latest':\n`)
console.log('| thread | events sent | rows | predictions | passed over | windows | event loop held up, P99 ms |\n|---|---|---|---|---|---|---|')
for (const thread of ['worker', 'here'] as const) {
  say(`live, ${thread}`)
  const predictor = await open(live, thread)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const source = new Subject<MarketEvent>()
  const total = Math.min(events.length, 10_000 * Number(options.seconds))
  const counts = { sent: 0, rows: 0, predictions: 0, skipped: 0 }
  const pipeline = source.pipe(features(list))
  let windows = 0
  let whole = 0
  pipeline.subscribe((row) => {
    counts.rows++
    whole = row.toArray().every(Number.isFinite) && !row.afterBreak ? whole + 1 : 0
    if (whole >= predictor.input.length) windows++
  })
  const ended = new Promise<void>((resolve, reject) => {
    pipeline.pipe(predict(predictor, { busy: 'latest' })).subscribe({
      next: ({ skipped = 0 }) => {
        counts.predictions++
        counts.skipped += skipped
      },
      error: reject,
      complete: resolve,
    })
  })
  delay.enable()
  const began = performance.now()
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor((performance.now() - began) * 10))
    while (counts.sent < due) source.next(events[counts.sent++]!)
    if (counts.sent < total) return
    clearInterval(timer)
    source.complete()
  }, 1)
  await ended
  delay.disable()
  console.log(`| ${thread} | ${counts.sent} | ${counts.rows} | ${counts.predictions} | ${counts.skipped} | ${windows} | ${(delay.percentile(99) / 1e6).toFixed(1)} |`)
  await predictor.close()
}
process.exit()
