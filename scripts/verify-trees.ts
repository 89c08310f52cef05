import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'
import { lobster } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import { collectFrame, columnOf, everyMidMove, inputOf, midMove, seededRandom, standardFeatures, type Source } from '@rxlob/core'
import { negativeLogLikelihood } from '@rxlob/evaluation'
import { treeShap } from '@rxlob/models/explain'
import { fitTrees, lightGbmTrees, treeOutputs, treeScores, windowRows, xgBoostTrees } from '@rxlob/models/trees'

// npm run verify:trees: imported models, own training and TreeSHAP against LightGBM, XGBoost and shap, on the same rows.
const root = fileURLToPath(new URL('../', import.meta.url))
const python = process.env['RXLOB_PYTHON'] ?? 'python3'
const data = process.env['RXLOB_DATA']
const settings = { leaves: 15, learningRate: 0.1, minLeafRows: 20, minLeafHessian: 5, l2: 1 }
const explained = 100
const closeEnough = 1e-6
const lossMargin = 0.005

if (spawnSync(python, ['-c', 'import lightgbm, xgboost, shap']).status !== 0) {
  process.stderr.write(`This needs Python 3 with lightgbm, xgboost and shap, which ${python} has not: pip install lightgbm xgboost shap, or name another interpreter in RXLOB_PYTHON.\n`)
  process.exit(2)
}

interface Rows {
  readonly inputs: Float32Array
  readonly targets: ArrayLike<number>
}
interface Task {
  readonly name: string
  readonly what: string
  readonly columns: number
  readonly classes: number
  /** On markets all three overfit beyond twenty rounds; from there on their test losses part by chance. */
  readonly rounds: number
  readonly train: Rows
  readonly test: Rows
}

/** Interactions, steps, gaps and noise; three classes. */
function madeUp(): Task {
  const random = seededRandom(11)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const columns = 12
  const rows = (count: number): Rows => {
    const inputs = new Float32Array(count * columns)
    const targets = Array.from({ length: count }, (_, row) => {
      const x = inputs.subarray(row * columns, (row + 1) * columns)
      for (let column = 0; column < columns; column++) x[column] = normal()
      const score = x[0]! * x[1]! + (x[2]! > 0.3 ? 0.7 : 0) - 0.4 * x[3]! + 0.8 * normal()
      for (let column = 0; column < columns; column++) if (random() < 0.05) x[column] = NaN
      return score < -0.4 ? 0 : score > 0.6 ? 2 : 1
    })
    return { inputs, targets }
  }
  return { name: 'made-up', what: 'made-up rows with gaps, 3 classes', columns, classes: 3, rounds: 60, train: rows(20_000), test: rows(20_000) }
}

/** The standard features at every mid move; the direction of the next one. */
async function ofMarket(name: string, what: string, source: Source): Promise<Task> {
  const sample = everyMidMove()
  const list = standardFeatures()
  const frame = await collectFrame(source, list, { sample, labelers: { next: midMove({ rows: 1 }) } })
  const input = inputOf(list, { length: 1, sample })
  const columns = input.columns.filter((column) => columnOf(frame, column).some((value) => !Number.isNaN(value)))
  const cut = Math.floor(frame.length * 0.6)
  const part = (from: number, to: number): Rows => {
    const { inputs, targets } = windowRows({ frame, input: { ...input, columns }, target: 'next', from, to })
    // The mid of every row has moved against the row before: there is no class "flat".
    return { inputs, targets: targets.map((target) => (target === 2 ? 1 : 0)) }
  }
  // A label looks one row ahead: that row is purged.
  return { name, what, columns: columns.length, classes: 2, rounds: 20, train: part(0, cut - 1), test: part(cut, frame.length) }
}

const folder = mkdtempSync(join(tmpdir(), 'rxlob-trees-'))
try {
  const tasks = [madeUp(), await ofMarket('simulator', 'simulator with a planted signal of 0.65, next mid move', simulator({ seed: 7, durationMicros: 7200e6, signal: { accuracy: 0.65 } }))]
  const day = join(data ?? '', 'lobster/GOOG_2012-06-21_34200000_57600000_message_10.csv.zst')
  if (data !== undefined && existsSync(day)) {
    const [messages, orderbook] = ['message', 'orderbook'].map((kind) => {
      const csv = join(folder, `GOOG_2012-06-21_34200000_57600000_${kind}_10.csv`)
      writeFileSync(csv, zstdDecompressSync(readFileSync(day.replace('message', kind))))
      return csv
    }) as [string, string]
    tasks.push(await ofMarket('goog', 'LOBSTER GOOG 2012-06-21, next mid move', lobster({ messages, orderbook })))
  }
  for (const { name, columns, classes, rounds, train, test } of tasks) {
    writeFileSync(join(folder, `${name}.meta.json`), JSON.stringify({ name, columns, classes, rounds, explained, ...settings }))
    for (const [part, rows] of [['train', train], ['test', test]] as const) {
      writeFileSync(join(folder, `${name}.${part}.f32`), rows.inputs)
      writeFileSync(join(folder, `${name}.${part}.i32`), Int32Array.from(rows.targets))
    }
  }
  const reference = join(root, 'packages/models/test/golden/reference/compare_trees.py')
  const { status } = spawnSync(python, ['-W', 'ignore', reference, folder], { stdio: 'inherit', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } })
  if (status !== 0) throw new Error('The reference failed; see above.')
  let failures = 0
  const line = (ok: boolean, text: string): void => {
    if (!ok) failures++
    process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${text}\n`)
  }
  for (const { name, what, columns, classes, rounds, train, test } of tasks) {
    const result = JSON.parse(readFileSync(join(folder, `${name}.result.json`), 'utf8')) as { losses: Record<string, number>; versions: Record<string, string> }
    process.stdout.write(`\n${what}: ${train.targets.length} rows to train, ${test.targets.length} to test, ${columns} columns\n`)
    for (const [library, model, own] of [
      ['lightgbm', lightGbmTrees(readFileSync(join(folder, `${name}.lightgbm.txt`), 'utf8')), { minLeafHessian: 1e-3 }],
      ['xgboost', xgBoostTrees(readFileSync(join(folder, `${name}.xgboost.json`), 'utf8')), { minLeafRows: 1 }],
    ] as const) {
      const title = `${library} ${result.versions[library]}`
      // XGBoost sums leaves in floats, so its raw scores carry their rounding; what is held to the limit are the predictions.
      const outputs = treeOutputs(model, test.inputs)
      const apart = greatestDifference(model.link === 'sigmoid' ? outputs.filter((_, at) => at % 2 === 1) : outputs, floats(`${name}.${library}.outputs.f64`))
      const scoresApart = greatestDifference(treeScores(model, test.inputs), floats(`${name}.${library}.scores.f64`))
      line(apart <= closeEnough, `${title}: imported predictions differ by ${apart.toExponential(1)} at most, raw scores by ${scoresApart.toExponential(1)}, of ${test.targets.length} rows`)
      const asked = treeShap(model, test.inputs.subarray(0, explained * columns))
      const theirs = floats(`${name}.${library}.shap.f64`)
      // The shap package gives [rows, columns, outputs].
      const turned = asked.values.map((_, at) => theirs[(Math.floor(at / (columns * asked.outputs)) * columns + (at % columns)) * asked.outputs + (Math.floor(at / columns) % asked.outputs)]!)
      const valuesApart = greatestDifference(asked.values, turned)
      line(valuesApart <= closeEnough, `${title}: TreeSHAP differs from shap ${result.versions['shap']} by ${valuesApart.toExponential(1)} at most, of ${explained} rows`)
      const { ensemble } = fitTrees({ inputs: train.inputs, columns, targets: train.targets, classes, rounds, ...settings, ...own })
      const loss = negativeLogLikelihood(test.targets, treeOutputs(ensemble, test.inputs))
      const reference = result.losses[library]!
      const worse = loss / reference - 1
      line(worse <= lossMargin, `${title}: own training ${loss.toFixed(5)} nats, ${library} ${reference.toFixed(5)}: ours ${(100 * Math.abs(worse)).toFixed(2)} % ${worse > 0 ? 'worse' : 'better'}`)
    }
  }
  process.exitCode = failures === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}

function floats(file: string): Float64Array {
  const bytes = readFileSync(join(folder, file))
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let greatest = 0
  for (let at = 0; at < a.length; at++) greatest = Math.max(greatest, Math.abs(a[at]! - b[at]!))
  return greatest
}
